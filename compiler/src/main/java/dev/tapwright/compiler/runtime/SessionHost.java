package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.intrinsic.UserHost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * This process as user-placed handlers see it. Facts come from {@code /proc}: no system call needs
 * to be linked for them.
 */
final class SessionHost implements UserHost, AutoCloseable {
  private static final Path PROCESS = Path.of("/proc/self");
  private static final Path THREAD = Path.of("/proc/thread-self");

  /**
   * Fields of {@code stat} after the name in parentheses, counted from the state: {@code
   * proc_pid_stat(5)}.
   */
  private static final int STAT_PROCESSOR = 36;

  private final long targetProcess;
  private final SessionOutput output;
  private final SessionMessages messages;
  private final SessionControl control;
  private final SessionFileText file;
  private final ShellCommands commands;
  private Optional<KernelMemory> memory = Optional.empty();
  private boolean isMemoryUnavailable;
  private final KernelAddresses addresses = new KernelAddresses(Path.of("/proc/kallsyms"));

  SessionHost(
      long targetProcess,
      SessionOutput output,
      SessionMessages messages,
      SessionControl control,
      SessionFileText file,
      ShellCommands commands) {
    this.file = file;
    this.commands = commands;
    this.targetProcess = targetProcess;
    this.output = output;
    this.messages = messages;
    this.control = control;
  }

  /**
   * Names this process as SystemTap's is named, for {@code execname()}, {@code ps} and kernel
   * handlers alike.
   */
  static void nameProcess() {
    try {
      Files.writeString(PROCESS.resolve("comm"), "stapbpf");
    } catch (IOException readOnly) {
      // Then it stays the virtual machine's.
    }
  }

  @Override
  public long processId() {
    return ProcessHandle.current().pid();
  }

  @Override
  public long threadId() {
    try {
      return Long.parseLong(Files.readSymbolicLink(THREAD).getFileName().toString());
    } catch (IOException | NumberFormatException unreadable) {
      return processId();
    }
  }

  @Override
  public String processName() {
    return read(PROCESS.resolve("comm")).map(String::stripTrailing).orElse("");
  }

  @Override
  public Optional<String> processName(long process) {
    return read(Path.of("/proc", Long.toString(process), "comm")).map(String::stripTrailing);
  }

  @Override
  public Optional<String> processFile(long process, String name) {
    return read(Path.of("/proc", Long.toString(process), name));
  }

  @Override
  public Optional<KernelAddress> kernelAddress(long address) {
    return addresses.find(address);
  }

  @Override
  public Optional<byte[]> kernelMemory(long address, int size) {
    return read(memory -> memory.bytes(address, size));
  }

  @Override
  public Optional<String> kernelText(long address, int limit) {
    return read(memory -> memory.text(address, limit))
        .map(bytes -> new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  @Override
  public Optional<Long> kernelNumber(KernelNumber number) {
    return read(memory -> Optional.of(memory.number(number)))
        .map(bytes -> ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getLong());
  }

  private interface Reading {
    Optional<byte[]> of(KernelMemory memory) throws SystemCallException;
  }

  /** Reads. Where the kernel lets us not, says so once. */
  private Optional<byte[]> read(Reading reading) {
    if (isMemoryUnavailable) {
      return Optional.empty();
    }
    try {
      if (memory.isEmpty()) {
        memory = Optional.of(KernelMemory.open(SystemCalls.open()));
      }
      return reading.of(memory.get());
    } catch (SystemCallException failure) {
      return unavailable(failure.error().text());
    } catch (SystemCalls.UnsupportedMachineException unsupported) {
      return unavailable(String.valueOf(unsupported.getMessage()));
    }
  }

  private Optional<byte[]> unavailable(String reason) {
    isMemoryUnavailable = true;
    messages.warning("the kernel's memory cannot be read: " + reason);
    return Optional.empty();
  }

  @Override
  public void close() {
    memory.ifPresent(KernelMemory::close);
  }

  @Override
  public void system(String command) {
    commands.start(command);
  }

  @Override
  public long userId() {
    return statusField("Uid:");
  }

  @Override
  public long groupId() {
    return statusField("Gid:");
  }

  /**
   * The first number, which is the real one, of a line such as {@code Uid: 1000 1000 1000 1000}.
   */
  private static long statusField(String name) {
    return read(PROCESS.resolve("status"))
        .flatMap(text -> text.lines().filter(line -> line.startsWith(name)).findFirst())
        .map(line -> Long.parseLong(line.substring(name.length()).strip().split("\\s+")[0]))
        .orElse(0L);
  }

  @Override
  public long processor() {
    return read(THREAD.resolve("stat"))
        .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" "))
        .filter(fields -> fields.length > STAT_PROCESSOR)
        .map(fields -> Long.parseLong(fields[STAT_PROCESSOR]))
        .orElse(0L);
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public long realTimeNanoseconds() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000 + now.getNano();
  }

  /** Linux's {@code CLOCK_MONOTONIC} is what {@link System#nanoTime} reads there. */
  @Override
  public long monotonicNanoseconds() {
    return System.nanoTime();
  }

  @Override
  public long targetProcess() {
    return targetProcess;
  }

  @Override
  public void exit() {
    control.requestEnd();
  }

  @Override
  public void warn(String message) {
    messages.warning(message);
  }

  @Override
  public void print(String text) {
    output.print(text);
  }

  @Override
  public String fileText() {
    return file.get();
  }

  @Override
  public void setFileText(String text) {
    file.set(text);
  }
}
