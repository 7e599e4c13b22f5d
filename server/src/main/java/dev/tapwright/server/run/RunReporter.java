package dev.tapwright.server.run;

import dev.tapwright.server.protocol.EndedParams;
import dev.tapwright.server.protocol.OutputParams;
import dev.tapwright.server.protocol.TapwrightClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;

/**
 * Shows the output of runs to the user.
 *
 * @param hasOwnNotifications whether the client understands {@code tapwright/output}; else output
 *     is logged line by line
 */
record RunReporter(
    TapwrightClient client, boolean hasOwnNotifications, Map<String, OutputLines> lines)
    implements Run.Listener {
  RunReporter(TapwrightClient client, boolean hasOwnNotifications) {
    this(client, hasOwnNotifications, new ConcurrentHashMap<>());
  }

  @Override
  public void output(Run run, String stream, String text) {
    if (hasOwnNotifications) {
      client.output(new OutputParams(run.number(), run.uri(), stream, text));
    } else {
      lines
          .computeIfAbsent(key(run, stream), _ -> new OutputLines(line -> log(stream, line)))
          .add(text);
    }
  }

  @Override
  public void ended(Run run, int exitStatus) {
    if (hasOwnNotifications) {
      client.ended(new EndedParams(run.number(), run.uri(), exitStatus));
      return;
    }
    for (String stream : new String[] {"stdout", "stderr"}) {
      OutputLines rest = lines.remove(key(run, stream));
      if (rest != null) {
        rest.end();
      }
    }
    client.logMessage(
        new MessageParams(
            MessageType.Info,
            "Run " + run.number() + " has ended with status " + exitStatus + "."));
  }

  private void log(String stream, String line) {
    client.logMessage(
        new MessageParams(stream.equals("stdout") ? MessageType.Log : MessageType.Warning, line));
  }

  private static String key(Run run, String stream) {
    return run.number() + stream;
  }
}
