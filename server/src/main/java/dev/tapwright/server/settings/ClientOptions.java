package dev.tapwright.server.settings;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * What a client says in {@code initializationOptions.client} that it can do beyond the protocol.
 *
 * @param runs it has a command {@code tapwright.run} of its own
 * @param output it understands {@code tapwright/output} and {@code tapwright/ended}
 * @param status it understands {@code tapwright/status}
 */
public record ClientOptions(boolean runs, boolean output, boolean status) {
  /** Reads the options of {@code initialize}. */
  public static ClientOptions read(JsonElement initializationOptions) {
    JsonObject client =
        initializationOptions instanceof JsonObject options
                && options.get("client") instanceof JsonObject object
            ? object
            : new JsonObject();
    return new ClientOptions(
        isTrue(client, "runs"), isTrue(client, "output"), isTrue(client, "status"));
  }

  private static boolean isTrue(JsonObject object, String member) {
    JsonElement value = object.get(member);
    return value != null
        && value.isJsonPrimitive()
        && value.getAsJsonPrimitive().isBoolean()
        && value.getAsBoolean();
  }
}
