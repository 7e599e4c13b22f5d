package dev.tapwright.compiler.bpf;

/**
 * A program whose processes handlers tell from others by its file. The run time finds out which
 * file that is when the session starts.
 *
 * @param path absolute
 * @param offset where in the session map's element the file is told: see {@link SessionLayout}
 */
public record ProgramFile(String path, int offset) {}
