package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.bpf.code.Instruction;
import java.util.List;

/**
 * One kernel program: a handler in instructions.
 *
 * @param name the function's name as other tools show it: at most 15 characters of {@code
 *     [A-Za-z0-9_]}
 * @param probe the place of its probe in the program's probes
 * @param kind what it is loaded and attached as
 * @param instructions the code; jumps name places in this list
 * @param lines where instructions come from, ascending by instruction, the first for instruction 0
 */
public record KernelProgram(
    String name,
    int probe,
    ProgramKind kind,
    List<Instruction> instructions,
    List<SourceLine> lines) {
  /** Copies the lists. */
  public KernelProgram {
    instructions = List.copyOf(instructions);
    lines = List.copyOf(lines);
  }

  /** How a program is loaded and attached. */
  public enum ProgramKind {
    /** {@code BPF_PROG_TYPE_KPROBE} on a kernel function's entry or return. */
    KPROBE,
    KRETPROBE,
    /** {@code BPF_PROG_TYPE_TRACING} on a kernel function's entry or return (5.5). */
    FENTRY,
    FEXIT,
    /** {@code BPF_PROG_TYPE_TRACEPOINT}. */
    TRACEPOINT,
    /** {@code BPF_PROG_TYPE_RAW_TRACEPOINT} (4.17). */
    RAW_TRACEPOINT,
    /** {@code BPF_PROG_TYPE_TRACING} that the kernel runs for each task (5.8). */
    TASK_ITERATOR,
    /** {@code BPF_PROG_TYPE_PERF_EVENT} (4.9). */
    PERF_EVENT,
    /** {@code BPF_PROG_TYPE_LSM} (5.7). */
    SECURITY_HOOK,
    /** {@code BPF_PROG_TYPE_NETFILTER} (6.4). */
    PACKET_HOOK,
    /** {@code BPF_PROG_TYPE_KPROBE} on a program's function. */
    UPROBE,
    URETPROBE
  }

  /**
   * The source of the instructions from one on, up to the next {@code SourceLine}.
   *
   * @param instruction place in the instructions
   * @param file the script's name
   * @param text the line's text
   * @param line 1-based
   * @param column 1-based
   */
  public record SourceLine(int instruction, String file, String text, int line, int column) {}
}
