package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.runtime.Architecture.Call;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * A file whose text is made when somebody opens it: the kernel holds them until this gives up its
 * lease ({@code F_SETLEASE} of {@code fcntl(2)}). All whom it holds get the same text, each the
 * whole of it, while those who share a pipe would get pieces. Not every file system has leases.
 */
final class LeasedFile implements AutoCloseable {
  private static final long CURRENT_FOLDER = -100; // AT_FDCWD
  private static final long NEW = 0x800c2; // O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC
  private static final long SET_SIGNAL = 10; // F_SETSIG
  private static final long SET_LEASE = 1024; // F_SETLEASE
  private static final long GET_LEASE = 1025; // F_GETLEASE
  private static final long NOBODY_ELSE = 1; // F_WRLCK

  /** What the kernel sends when somebody comes: {@code SIGURG}, which changes nothing. */
  private static final long IGNORED_SIGNAL = 23;

  private static final long MILLISECONDS_BETWEEN_LOOKS = 10;

  private final SystemCalls systemCalls;
  private final Path path;
  private final Set<PosixFilePermission> permissions;
  private final int descriptor;
  private boolean isClosed;

  private LeasedFile(
      SystemCalls systemCalls, Path path, Set<PosixFilePermission> permissions, int descriptor) {
    this.systemCalls = systemCalls;
    this.path = path;
    this.permissions = Set.copyOf(permissions);
    this.descriptor = descriptor;
  }

  /** Makes one, in the place of what is there; fails where there are no leases. */
  static LeasedFile make(Path path, Set<PosixFilePermission> permissions) throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    try {
      SystemCalls systemCalls = SystemCalls.open();
      LeasedFile file = new LeasedFile(systemCalls, path, permissions, openNew(systemCalls, fresh));
      try {
        Files.setPosixFilePermissions(fresh, permissions);
        file.control(SET_SIGNAL, IGNORED_SIGNAL);
        file.control(SET_LEASE, NOBODY_ELSE);
        Files.move(
            fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return file;
      } catch (IOException failure) {
        file.close();
        NamedPipe.delete(fresh);
        throw failure;
      }
    } catch (SystemCalls.UnsupportedMachineException unsupported) {
      throw new IOException(unsupported.getMessage(), unsupported);
    }
  }

  private static int openNew(SystemCalls systemCalls, Path path) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(path.toString()).address();
      return (int) systemCalls.call(Call.OPENAT, CURRENT_FOLDER, name, NEW, 0600, 0, 0);
    }
  }

  private long control(long command, long argument) throws SystemCallException {
    return systemCalls.call(Call.FCNTL, descriptor, command, argument, 0, 0, 0);
  }

  Path path() {
    return path;
  }

  /** Waits until somebody opens the file. */
  void awaitReader() throws InterruptedException {
    while (!hasReader()) {
      Thread.sleep(MILLISECONDS_BETWEEN_LOOKS);
    }
  }

  private synchronized boolean hasReader() {
    try {
      return isClosed || control(GET_LEASE, 0) != NOBODY_ELSE;
    } catch (SystemCallException fault) {
      throw new AssertionError(fault);
    }
  }

  /** Another one in its place, for those who come from now on. */
  LeasedFile successor() throws IOException {
    return make(path, permissions);
  }

  /** Gives the text to all who wait, and to nobody else. */
  synchronized void answer(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(Math.max(1, bytes.length));
      memory.copyFrom(MemorySegment.ofArray(bytes).asSlice(0, bytes.length));
      for (long done = 0; done < bytes.length && !isClosed; ) {
        done +=
            systemCalls.call(
                Call.WRITE, descriptor, memory.address() + done, bytes.length - done, 0, 0, 0);
      }
    } finally {
      close();
    }
  }

  /** Lets all who wait go on. */
  @Override
  public synchronized void close() {
    if (!isClosed) {
      isClosed = true;
      systemCalls.close(descriptor);
    }
  }
}
