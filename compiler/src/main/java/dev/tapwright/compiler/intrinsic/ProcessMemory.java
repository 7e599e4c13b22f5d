package dev.tapwright.compiler.intrinsic;

import dev.tapwright.compiler.intrinsic.Signature.Parameter;
import dev.tapwright.compiler.intrinsic.Signature.Result;
import java.util.List;
import java.util.Optional;

/**
 * {@code proc_mem_size(pid)} and its kin: the memory of any process, which {@code /proc/PID/statm}
 * tells. Without an argument they are of the library, and of the process that hit the probe.
 */
final class ProcessMemory implements UserIntrinsic {
  private final Signature signature;
  private final int field;

  private ProcessMemory(String name, int field, String documentation) {
    this.signature =
        new Signature(name, List.of(Parameter.number("pid")), Result.LONG, documentation);
    this.field = field;
  }

  /** All of them, with their fields: {@code proc_pid_statm(5)}. */
  static List<Intrinsic> all() {
    return List.of(
        new ProcessMemory(
            "proc_mem_size", 0, "Pages of address space of a process; 0 when there is none."),
        new ProcessMemory(
            "proc_mem_rss", 1, "Pages of a process that are in memory; 0 when there is none."),
        new ProcessMemory(
            "proc_mem_shr", 2, "Pages in memory that a process can share; 0 when there is none."),
        new ProcessMemory(
            "proc_mem_txt", 3, "Pages of code that a process has; 0 when there is none."),
        new ProcessMemory(
            "proc_mem_data",
            5,
            "Pages of data and stack that a process has; 0 when there is none."));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Optional<Value> evaluate(UserContext context, List<Value> arguments) {
    return Arguments.of(
        context
            .processFile(Arguments.number(arguments, 0), "statm")
            .map(text -> List.of(text.strip().split(" ")))
            .filter(fields -> fields.size() > field && fields.get(field).matches("\\d{1,18}"))
            .map(fields -> Long.parseLong(fields.get(field)))
            .orElse(0L));
  }
}
