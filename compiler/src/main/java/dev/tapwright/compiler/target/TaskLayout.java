package dev.tapwright.compiler.target;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Where the kernel keeps what tells processes from one another, from its BTF. All but the last are
 * offsets in bytes.
 *
 * @param process {@code task_struct.tgid}
 * @param thread {@code task_struct.pid}
 * @param name {@code task_struct.comm}
 * @param credentials {@code task_struct.cred}
 * @param user {@code cred.uid}
 * @param group {@code cred.gid}
 * @param flags {@code task_struct.flags}
 * @param parent {@code task_struct.real_parent}
 * @param memory {@code task_struct.mm}
 * @param signal {@code task_struct.signal}
 * @param live {@code signal_struct.live}: threads that have not ended
 * @param program {@code mm_struct.exe_file}
 * @param inode {@code file.f_inode}
 * @param inodeNumber {@code inode.i_ino}
 * @param fileSystem {@code inode.i_sb}
 * @param device {@code super_block.s_dev}
 * @param tellsLastThread whether the tracepoint at a thread's end says if it is the last of its
 *     process; it is then passed while the thread still has its memory, and so its program (6.16)
 */
public record TaskLayout(
    int process,
    int thread,
    int name,
    int credentials,
    int user,
    int group,
    int flags,
    int parent,
    int memory,
    int signal,
    int live,
    int program,
    int inode,
    int inodeNumber,
    int fileSystem,
    int device,
    boolean tellsLastThread) {

  /** That of a machine; empty where its kernel does not describe its types. */
  public static Optional<TaskLayout> of(Target target) {
    return target.kernelTypes().flatMap(TaskLayout::of);
  }

  private static Optional<TaskLayout> of(KernelTypes types) {
    Reader reader = new Reader(types.dataTypes());
    TaskLayout layout =
        new TaskLayout(
            reader.offset("task_struct", "tgid"),
            reader.offset("task_struct", "pid"),
            reader.offset("task_struct", "comm"),
            reader.offset("task_struct", "cred"),
            reader.offset("cred", "uid"),
            reader.offset("cred", "gid"),
            reader.offset("task_struct", "flags"),
            reader.offset("task_struct", "real_parent"),
            reader.offset("task_struct", "mm"),
            reader.offset("task_struct", "signal"),
            reader.offset("signal_struct", "live"),
            reader.offset("mm_struct", "exe_file"),
            reader.offset("file", "f_inode"),
            reader.offset("inode", "i_ino"),
            reader.offset("inode", "i_sb"),
            reader.offset("super_block", "s_dev"),
            types.tracepoint("sched_process_exit").stream()
                .flatMap(prototype -> prototype.parameters().stream())
                .anyMatch(parameter -> parameter.name().equals("group_dead")));
    return reader.isComplete ? Optional.of(layout) : Optional.empty();
  }

  private static final class Reader {
    private static final int DEEPEST = 16;

    private final DataTypes types;
    private boolean isComplete = true;

    Reader(DataTypes types) {
      this.types = types;
    }

    int offset(String structure, String member) {
      OptionalInt type = types.named("struct " + structure);
      OptionalLong bits =
          type.isPresent() ? bits(type.getAsInt(), member, 0) : OptionalLong.empty();
      isComplete &= bits.isPresent();
      return (int) (bits.orElse(0) / Byte.SIZE);
    }

    /** Where a member is, in a structure or in its parts without names. */
    private OptionalLong bits(int type, String member, int depth) {
      if (depth < DEEPEST && types.shape(type) instanceof TypeShape.Composite composite) {
        for (TypeShape.Member found : composite.members()) {
          OptionalLong inside =
              found.name().equals(member)
                  ? OptionalLong.of(0)
                  : found.name().isEmpty()
                      ? bits(found.type(), member, depth + 1)
                      : OptionalLong.empty();
          if (inside.isPresent()) {
            return OptionalLong.of(found.bitOffset() + inside.getAsLong());
          }
        }
      }
      return OptionalLong.empty();
    }
  }
}
