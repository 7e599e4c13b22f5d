package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.intrinsic.UserHost;
import java.util.Optional;

/** A session's process with fixed answers, which keeps what handlers send. */
final class TestHost implements UserHost {
  private String fileText = "";
  private final StringBuilder output = new StringBuilder();
  private final StringBuilder warnings = new StringBuilder();
  private boolean hasExited;

  /** What was printed. */
  String output() {
    return output.toString();
  }

  /** Warnings, each on a line. */
  String warnings() {
    return warnings.toString();
  }

  /** Whether the end of the session was asked for. */
  boolean hasExited() {
    return hasExited;
  }

  @Override
  public Optional<byte[]> kernelMemory(long address, int size) {
    return Optional.empty();
  }

  @Override
  public Optional<Long> kernelNumber(KernelNumber number) {
    return Optional.empty();
  }

  @Override
  public Optional<String> kernelText(long address, int limit) {
    return Optional.empty();
  }

  @Override
  public long processId() {
    return 4711;
  }

  @Override
  public long threadId() {
    return 4712;
  }

  @Override
  public String processName() {
    return "stapbpf";
  }

  @Override
  public Optional<String> processName(long process) {
    return process == 1 ? Optional.of("init") : Optional.empty();
  }

  @Override
  public Optional<KernelAddress> kernelAddress(long address) {
    return address == 0xffffffff81000010L
        ? Optional.of(new KernelAddress("vfs_read", 0x10, 0x2a0, ""))
        : Optional.empty();
  }

  @Override
  public void system(String command) {
    output.append("[").append(command).append("]");
  }

  @Override
  public long userId() {
    return 1000;
  }

  @Override
  public long groupId() {
    return 100;
  }

  @Override
  public long processor() {
    return 3;
  }

  @Override
  public long realTimeNanoseconds() {
    return 1_700_000_000_123_456_789L;
  }

  @Override
  public long monotonicNanoseconds() {
    return 42_000_000_000L;
  }

  @Override
  public long targetProcess() {
    return 99;
  }

  @Override
  public void exit() {
    hasExited = true;
  }

  @Override
  public void warn(String message) {
    warnings.append(message).append('\n');
  }

  @Override
  public void print(String text) {
    output.append(text);
  }

  @Override
  public Optional<String> processFile(long process, String name) {
    return process == 42 && name.equals("statm")
        ? Optional.of("1000 200 50 30 0 400 0\n")
        : Optional.empty();
  }

  @Override
  public String fileText() {
    return fileText;
  }

  @Override
  public void setFileText(String text) {
    fileText = text;
  }
}
