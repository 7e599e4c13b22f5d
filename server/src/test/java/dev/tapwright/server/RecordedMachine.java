package dev.tapwright.server;

import dev.tapwright.compiler.target.FixedTarget;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelTypes.FunctionPrototype;
import dev.tapwright.compiler.target.KernelTypes.TypedParameter;
import dev.tapwright.compiler.target.KernelVersion;
import java.util.List;

/** The machine of the tests: a kernel 6.12 with two functions and two tracepoints. */
final class RecordedMachine {
  static final FixedTarget TARGET =
      FixedTarget.of(KernelProfile.ofVersion(KernelVersion.of(6, 12)))
          .withFunction("vfs_read", 0x1000)
          .withFunction("vfs_write", 0x2000)
          .withPrototype(
              new FunctionPrototype(
                  "vfs_read",
                  11,
                  "ssize_t",
                  List.of(
                      new TypedParameter("file", "struct file *"),
                      new TypedParameter("count", "size_t"))))
          .withTracepoint(
              "sched",
              new FunctionPrototype(
                  "sched_switch",
                  21,
                  "int",
                  List.of(
                      new TypedParameter("preempt", "bool"),
                      new TypedParameter("prev", "struct task_struct *"))))
          .withTracepoint("sched", new FunctionPrototype("sched_wakeup", 22, "int", List.of()));

  private RecordedMachine() {}
}
