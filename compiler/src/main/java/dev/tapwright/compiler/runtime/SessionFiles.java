package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.object.SessionPlan.ProbeEntry;
import dev.tapwright.compiler.probe.AttachPoint;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of {@code procfs} probes: in {@code /var/tmp/systemtap-USER/stap_PID}, where {@code
 * stapbpf} has pipes, each with a thread that waits for its reader or writer, and lets the
 * session's own thread run the handlers.
 */
final class SessionFiles implements AutoCloseable {
  private static final Path BASE = Path.of("/var/tmp");

  /** Its owner is the user who runs the session. */
  private static final Path SELF = Path.of("/proc/self");

  private final Path folder;
  private final List<SessionFile> files = new ArrayList<>();
  private final List<Path> folders = new ArrayList<>();

  private SessionFiles(Path folder) {
    this.folder = folder;
  }

  /** What runs handlers in the session's thread. */
  interface Handlers {
    /**
     * Runs the handlers of a file one after the other.
     *
     * @param text what was written, or nothing
     * @param mostBytes how much the handlers may leave
     * @return what they leave; empty as well when the session ends before
     */
    String run(List<ProbeEntry> probes, String text, int mostBytes) throws InterruptedException;
  }

  /**
   * Makes the files of a session's probes, and begins to serve them.
   *
   * @param stringLength bytes of a string
   */
  static SessionFiles open(List<ProbeEntry> probes, int stringLength, Handlers handlers)
      throws SessionException {
    Path folder =
        BASE.resolve("systemtap-" + System.getProperty("user.name"))
            .resolve("stap_" + ProcessHandle.current().pid());
    SessionFiles files = new SessionFiles(folder);
    try {
      for (List<ProbeEntry> ofOne : byPath(probes).values()) {
        files.add(ofOne, stringLength, handlers);
      }
      files.files.forEach(SessionFile::start);
      return files;
    } catch (SessionException failure) {
      files.close();
      throw failure;
    }
  }

  private static Map<String, List<ProbeEntry>> byPath(List<ProbeEntry> probes) {
    Map<String, List<ProbeEntry>> byPath = new LinkedHashMap<>();
    for (ProbeEntry probe : probes) {
      if (probe.attachPoint() instanceof AttachPoint.File file) {
        byPath.computeIfAbsent(file.path(), path -> new ArrayList<>()).add(probe);
      }
    }
    return byPath;
  }

  private void add(List<ProbeEntry> probes, int stringLength, Handlers handlers)
      throws SessionException {
    AttachPoint.File file = (AttachPoint.File) probes.getFirst().attachPoint();
    if (file.path().equals(AttachPoint.File.INPUT)) {
      files.add(new SessionFile.Input(probes, handlers));
      return;
    }
    Path path = folder.resolve(file.path()).normalize();
    if (!path.startsWith(folder)) {
      throw new SessionException("damaged object: a file outside of the session's folder");
    }
    int size = file.maximumSize() > 0 ? file.maximumSize() : stringLength;
    try {
      makeFolders(path);
      files.add(
          file.isWrite()
              ? new SessionFile.Written(pipe(path, file), probes, handlers, stringLength)
              : read(path, file, probes, handlers, size));
    } catch (IOException failure) {
      throw new SessionException(
          "cannot make %s: %s".formatted(path, String.valueOf(failure.getMessage())));
    }
  }

  private static NamedPipe pipe(Path path, AttachPoint.File file) throws IOException {
    NamedPipe pipe = new NamedPipe(path, permissions(file));
    pipe.make(path);
    return pipe;
  }

  private static SessionFile read(
      Path path, AttachPoint.File file, List<ProbeEntry> probes, Handlers handlers, int size)
      throws IOException {
    try {
      return new SessionFile.Leased(
          LeasedFile.make(path, permissions(file)), probes, handlers, size);
    } catch (IOException unsupported) {
      return new SessionFile.Read(pipe(path, file), probes, handlers, size);
    }
  }

  /** The session itself opens both ends; others have what the script gives them. */
  private static Set<PosixFilePermission> permissions(AttachPoint.File file) {
    int mode = ((file.isWrite() ? 0222 : 0444) & ~file.umask()) | 0600;
    StringBuilder text = new StringBuilder();
    for (int bit = 8; bit >= 0; bit--) {
      text.append((mode & 1 << bit) == 0 ? '-' : "xwr".charAt(bit % 3));
    }
    return PosixFilePermissions.fromString(text.toString());
  }

  /** Makes the folders that a file is in, none of which may be somebody else's. */
  private void makeFolders(Path file) throws IOException {
    Path names = BASE.relativize(file);
    for (int i = 1; i < names.getNameCount(); i++) {
      Path made = BASE.resolve(names.subpath(0, i));
      try {
        Files.createDirectory(made);
        folders.add(made);
      } catch (FileAlreadyExistsException there) {
        if (!Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS)
            || !Files.getOwner(made, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(SELF))) {
          throw new IOException(made + " is not this user's", there);
        }
      }
    }
  }

  /** The folder that the files are in. */
  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    files.forEach(SessionFile::stop);
    folders.reversed().forEach(NamedPipe::delete);
  }
}
