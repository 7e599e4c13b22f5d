package dev.tapwright.compiler.runtime;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;

/**
 * Where a session writes; it buffers itself.
 *
 * @param output what the script prints, unless it goes to a file
 * @param messages errors and warnings
 * @param ownsProcess whether signals to this process end the session
 */
public record SessionStreams(OutputStream output, OutputStream messages, boolean ownsProcess) {
  /** Those of the process. */
  public static SessionStreams ofProcess() {
    return new SessionStreams(
        new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err), true);
  }
}
