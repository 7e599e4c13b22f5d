package dev.tapwright.compiler.target;

import java.nio.file.Path;
import java.util.List;

/** An ELF program or library on the target. */
public interface UserProgramFile {
  /** The file, absolute and without symbolic links. */
  Path path();

  /**
   * Functions of {@code .symtab} and {@code .dynsym} that are defined here and match a glob, sorted
   * by offset.
   */
  List<UserFunction> functionsMatching(String glob);

  /**
   * A function.
   *
   * @param name its symbol
   * @param address its virtual address in the file's own numbering
   * @param fileOffset where its first instruction lies in the file, which is what a uprobe attaches
   *     by
   * @param size bytes
   */
  record UserFunction(String name, long address, long fileOffset, long size) {}
}
