package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.object.SessionPlan.ProbeEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** One file that the session serves, and the thread that waits for those who read or write it. */
abstract sealed class SessionFile {
  private final Thread thread;
  private volatile boolean isStopping;

  final List<ProbeEntry> probes;
  final SessionFiles.Handlers handlers;

  private SessionFile(String name, List<ProbeEntry> probes, SessionFiles.Handlers handlers) {
    this.probes = List.copyOf(probes);
    this.handlers = handlers;
    thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Serves nobody any more. */
  void stop() {
    isStopping = true;
    thread.interrupt();
    release();
  }

  private void run() {
    try {
      while (!isStopping && serve()) {
        // On to the next one.
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isStopping() {
    return isStopping;
  }

  /** Waits for one who reads or writes; false when there will be nobody any more. */
  abstract boolean serve() throws InterruptedException;

  /** Makes the thread's waiting end. */
  abstract void release();

  /** A file whose readers get what the handlers say, each all of it. */
  static final class Leased extends SessionFile {
    private final int size;
    private LeasedFile next;

    Leased(LeasedFile file, List<ProbeEntry> probes, SessionFiles.Handlers handlers, int size) {
      super("file " + file.path().getFileName(), probes, handlers);
      this.next = file;
      this.size = size;
    }

    @Override
    boolean serve() throws InterruptedException {
      try (LeasedFile file = next()) {
        file.awaitReader();
        if (!replace(file)) {
          return false;
        }
        file.answer(handlers.run(probes, "", size));
        return true;
      } catch (IOException gone) {
        // The folder was removed, or the disk is full.
        return false;
      }
    }

    private synchronized LeasedFile next() {
      return next;
    }

    /** Whether there is another file for those who come later. */
    private synchronized boolean replace(LeasedFile file) throws IOException {
      if (isStopping()) {
        return false;
      }
      next = file.successor();
      return true;
    }

    @Override
    synchronized void release() {
      NamedPipe.delete(next.path());
      next.close();
    }
  }

  /**
   * The same by a pipe, where there are no leases: those who open it at the same moment share its
   * text.
   */
  static final class Read extends SessionFile {
    private final NamedPipe pipe;
    private final int size;

    Read(NamedPipe pipe, List<ProbeEntry> probes, SessionFiles.Handlers handlers, int size) {
      super("file " + pipe.path().getFileName(), probes, handlers);
      this.pipe = pipe;
      this.size = size;
    }

    @Override
    boolean serve() throws InterruptedException {
      // Opening waits for a reader.
      try (OutputStream reader =
          Channels.newOutputStream(FileChannel.open(pipe.path(), StandardOpenOption.WRITE))) {
        if (isStopping()) {
          return false;
        }
        // A second reader would else get the rest of the first one's text.
        pipe.replace();
        reader.write(handlers.run(probes, "", size).getBytes(StandardCharsets.ISO_8859_1));
        return true;
      } catch (IOException gone) {
        // The reader did not want all of it; or the file was removed, and there is no other.
        return Files.exists(pipe.path());
      }
    }

    @Override
    void release() {
      try {
        FileChannel.open(pipe.path(), StandardOpenOption.READ, StandardOpenOption.WRITE).close();
        NamedPipe.delete(pipe.path());
      } catch (IOException gone) {
        // Nobody can wait for a file that is not there.
      }
    }
  }

  /** A file whose handlers get what is written into it. */
  static final class Written extends SessionFile {
    private final NamedPipe pipe;
    private final int size;

    Written(NamedPipe pipe, List<ProbeEntry> probes, SessionFiles.Handlers handlers, int size) {
      super("file " + pipe.path().getFileName(), probes, handlers);
      this.pipe = pipe;
      this.size = size;
    }

    @Override
    boolean serve() throws InterruptedException {
      // Both ends: a pipe without a writer would be at its end all the time.
      try (InputStream written =
          Channels.newInputStream(
              FileChannel.open(pipe.path(), StandardOpenOption.READ, StandardOpenOption.WRITE))) {
        byte[] bytes = new byte[size];
        for (int length; (length = written.read(bytes)) > 0 && !isStopping(); ) {
          handlers.run(probes, new String(bytes, 0, length, StandardCharsets.ISO_8859_1), length);
        }
      } catch (IOException gone) {
        // It was removed, or the session ends.
      }
      return false;
    }

    @Override
    void release() {
      NamedPipe.delete(pipe.path());
    }
  }

  /** The session's own input, a character at a time. */
  static final class Input extends SessionFile {
    Input(List<ProbeEntry> probes, SessionFiles.Handlers handlers) {
      super("input", probes, handlers);
    }

    @Override
    boolean serve() throws InterruptedException {
      try {
        int character = System.in.read();
        if (character < 0) {
          return false;
        }
        handlers.run(probes, String.valueOf((char) character), 1);
        return true;
      } catch (IOException closed) {
        return false;
      }
    }

    @Override
    void release() {
      // Nothing wakes one who reads the terminal; the thread ends with the process.
    }
  }
}
