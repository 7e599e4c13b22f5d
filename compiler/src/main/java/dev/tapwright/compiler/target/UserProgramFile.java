package dev.tapwright.compiler.target;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** An ELF program or library on the target. */
public interface UserProgramFile {
  /** The file, absolute and without symbolic links. */
  Path path();

  /**
   * Functions of {@code .symtab} and {@code .dynsym} that are defined here and match a glob, sorted
   * by offset.
   */
  List<UserFunction> functionsMatching(String glob);

  /** The marks that {@code <sys/sdt.h>} left in it, in the order of its notes. */
  List<Mark> marks();

  /** The stubs by which it calls functions of libraries, in their order. */
  List<LinkageEntry> linkage();

  /** The libraries that it asks for by itself, as it names them: {@code libc.so.6}. */
  default List<String> libraries() {
    return List.of();
  }

  /**
   * A stub by which a program calls a function of a library.
   *
   * @param name the function's symbol
   * @param address its virtual address in the file's own numbering
   * @param fileOffset where its first instruction lies in the file
   */
  record LinkageEntry(String name, long address, long fileOffset) {}

  /**
   * A place that the program's author has marked; several may have one name.
   *
   * @param provider who it belongs to, by which names are kept apart
   * @param name its name
   * @param address its virtual address in the file's own numbering
   * @param fileOffset where its instruction lies in the file
   * @param semaphoreOffset where the counter of those who watch the mark lies in the file, which
   *     must not be zero for the mark to be reached; empty where there is none
   * @param arguments what its arguments are in, as its note has it
   */
  record Mark(
      String provider,
      String name,
      long address,
      long fileOffset,
      OptionalLong semaphoreOffset,
      String arguments) {}

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
