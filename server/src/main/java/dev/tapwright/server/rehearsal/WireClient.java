package dev.tapwright.server.rehearsal;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The least client there can be: writes messages as JSON text, reads them as JSON trees. What the
 * server asks meanwhile is answered with nothing.
 */
public final class WireClient {
  private final InputStream fromServer;
  private final OutputStream toServer;
  private int requests;

  /** Talks over two streams. */
  public WireClient(InputStream fromServer, OutputStream toServer) {
    this.fromServer = new BufferedInputStream(fromServer);
    this.toServer = toServer;
  }

  /** Sends a notification. */
  public void notify(String method, String parameters) throws IOException {
    send("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + parameters + "}");
  }

  /**
   * Sends a request and waits for its answer: the whole message, with {@code result} or {@code
   * error}.
   */
  public JsonObject request(String method, String parameters) throws IOException {
    int id = ++requests;
    send(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id
            + ",\"method\":\""
            + method
            + "\",\"params\":"
            + parameters
            + "}");
    while (true) {
      JsonObject message = read();
      if (!message.has("method") && message.has("id") && message.get("id").getAsInt() == id) {
        return message;
      }
    }
  }

  /** Waits for a notification, passing over everything else; gives its parameters. */
  public JsonObject await(String method) throws IOException {
    while (true) {
      JsonObject message = read();
      if (message.has("method") && message.get("method").getAsString().equals(method)) {
        return message.getAsJsonObject("params");
      }
    }
  }

  /** Sends any text as a message. */
  public void send(String message) throws IOException {
    byte[] body = message.getBytes(StandardCharsets.UTF_8);
    toServer.write(
        ("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    toServer.write(body);
    toServer.flush();
  }

  /**
   * The next message. A request of the server is answered.
   *
   * @throws EOFException when the server has gone
   */
  public JsonObject read() throws IOException {
    int length = 0;
    for (String line = header(); !line.isEmpty(); line = header()) {
      if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    byte[] body = fromServer.readNBytes(length);
    JsonObject message =
        JsonParser.parseString(new String(body, StandardCharsets.UTF_8)).getAsJsonObject();
    if (message.has("method") && message.has("id")) {
      send("{\"jsonrpc\":\"2.0\",\"id\":" + message.get("id") + ",\"result\":null}");
    }
    return message;
  }

  private String header() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = fromServer.read(); c != '\n'; c = fromServer.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
