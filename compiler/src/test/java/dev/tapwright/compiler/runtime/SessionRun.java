package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.object.BpfObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/** What a session in this process gave. */
record SessionRun(int status, String output, String messages) {
  static SessionRun of(BpfObject object) {
    return of(object, SessionOptions.of("test.bo"));
  }

  static SessionRun withCommand(BpfObject object, String command) {
    return of(
        object,
        new SessionOptions(
            "test.bo", 0, false, OptionalLong.empty(), Optional.of(command), Optional.empty()));
  }

  static SessionRun of(BpfObject object, SessionOptions options) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int status = Session.run(object, options, new SessionStreams(output, messages, false));
    return new SessionRun(
        status,
        output.toString(StandardCharsets.ISO_8859_1),
        messages.toString(StandardCharsets.UTF_8));
  }
}
