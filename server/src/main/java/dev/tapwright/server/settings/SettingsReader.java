package dev.tapwright.server.settings;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tapwright.compiler.target.KernelVersion;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads settings from what a client sends. Never fails: what is wrong is passed over and remarked
 * on.
 */
public final class SettingsReader {
  private final JsonObject values;
  private final ServerSettings previous;
  private final List<String> complaints = new ArrayList<>();

  private SettingsReader(JsonObject values, ServerSettings previous) {
    this.values = values;
    this.previous = previous;
  }

  /**
   * What reading gave.
   *
   * @param complaints a sentence for each value that was passed over
   */
  public record Reading(ServerSettings settings, List<String> complaints) {}

  /**
   * Reads the section {@code tapwright}.
   *
   * @param previous what a value of the wrong kind leaves as it is; a value that is missing is back
   *     at its default
   */
  public static Reading read(JsonElement section, ServerSettings previous) {
    SettingsReader reader =
        new SettingsReader(
            section instanceof JsonObject object ? object : new JsonObject(), previous);
    ServerSettings settings = reader.settings();
    return new Reading(settings, List.copyOf(reader.complaints));
  }

  private ServerSettings settings() {
    ServerSettings defaults = ServerSettings.DEFAULTS;
    return new ServerSettings(
        value("targetKernel", "\"host\" or a version such as \"4.14\"", SettingsReader::kernel)
            .or(previous::targetKernel, defaults::targetKernel),
        value("tapsetDirectories", "a list of paths", SettingsReader::paths)
            .or(previous::tapsetDirectories, defaults::tapsetDirectories),
        value("arguments", "a list of strings", SettingsReader::strings)
            .or(previous::arguments, defaults::arguments),
        value("guru", "true or false", SettingsReader::flag).or(previous::isGuru, defaults::isGuru),
        value("elevation", "\"none\", \"sudo\", \"pkexec\" or \"command\"", this::elevation)
            .or(previous::elevation, defaults::elevation));
  }

  /** A value that was read, is wrong, or is missing. */
  private record Value<T>(Optional<T> read, boolean isWrong) {
    T or(java.util.function.Supplier<T> whenWrong, java.util.function.Supplier<T> whenMissing) {
      return read.orElseGet(isWrong ? whenWrong : whenMissing);
    }
  }

  private <T> Value<T> value(
      String name, String expected, Function<JsonElement, Optional<T>> reader) {
    JsonElement element = values.get(name);
    if (element == null || element.isJsonNull()) {
      return new Value<>(Optional.empty(), false);
    }
    Optional<T> read = reader.apply(element);
    if (read.isEmpty()) {
      complaints.add("The setting tapwright." + name + " should be " + expected + ".");
    }
    return new Value<>(read, read.isEmpty());
  }

  private static Optional<String> string(JsonElement element) {
    return element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()
        ? Optional.of(element.getAsString())
        : Optional.empty();
  }

  private static Optional<Boolean> flag(JsonElement element) {
    return element.isJsonPrimitive() && element.getAsJsonPrimitive().isBoolean()
        ? Optional.of(element.getAsBoolean())
        : Optional.empty();
  }

  private static Optional<List<String>> strings(JsonElement element) {
    if (!element.isJsonArray()) {
      return Optional.empty();
    }
    List<String> strings = new ArrayList<>();
    for (JsonElement item : element.getAsJsonArray()) {
      Optional<String> string = string(item);
      if (string.isEmpty()) {
        return Optional.empty();
      }
      strings.add(string.get());
    }
    return Optional.of(strings);
  }

  private static Optional<List<Path>> paths(JsonElement element) {
    try {
      return strings(element).map(names -> names.stream().map(Path::of).toList());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> kernel(JsonElement element) {
    return string(element)
        .map(String::strip)
        .filter(name -> name.equals(ServerSettings.HOST) || KernelVersion.parse(name).isPresent());
  }

  private Optional<Elevation> elevation(JsonElement element) {
    return string(element)
        .flatMap(
            name ->
                switch (name) {
                  case "none" -> Optional.of(Elevation.NONE);
                  case "sudo" -> Optional.of(Elevation.SUDO);
                  case "pkexec" -> Optional.of(Elevation.PKEXEC);
                  case "command" -> Optional.of(new Elevation(commandPrefix()));
                  default -> Optional.empty();
                });
  }

  private List<String> commandPrefix() {
    return value("elevationCommand", "a list of strings", SettingsReader::strings)
        .read()
        .orElse(List.of());
  }
}
