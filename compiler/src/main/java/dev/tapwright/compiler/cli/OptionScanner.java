package dev.tapwright.compiler.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Reads a command line as {@code getopt_long} of the GNU C library does, in its words: options and
 * operands in any order, {@code -p1} and {@code -p 1}, {@code -vk}, {@code --name=value}, {@code
 * --name value}, names cut short, {@code --} before the operands. An option at a time, so that the
 * first one that is wrong is the one that is told of.
 *
 * @param <O> what an option means
 */
final class OptionScanner<O> {
  /** Whether a value follows an option. */
  enum Argument {
    NONE,
    REQUIRED,
    /** Only behind {@code =}, or behind the letter itself. */
    OPTIONAL
  }

  /** An option's meaning, and whether it takes a value. */
  record Entry<O>(O option, Argument argument) {}

  /** What stands next on a command line. */
  sealed interface Item<O> {
    /** An option; its value is empty when it has none. */
    record Given<O>(O option, String value) implements Item<O> {}

    /** No option of this program, or one without its value: the message. */
    record Wrong<O>(String message) implements Item<O> {}

    /** No more options. */
    record End<O>(List<String> operands) implements Item<O> {
      /** Copies the list. */
      public End {
        operands = List.copyOf(operands);
      }
    }
  }

  private final String program;
  private final Map<String, Entry<O>> entries;
  private final List<String> arguments;
  private final List<String> operands = new ArrayList<>();

  /** The place of the next argument. */
  private int next;

  /** What is left of a word of one-letter options. */
  private String letters = "";

  /**
   * Begins with the first argument.
   *
   * @param entries by their names with hyphens: {@code -v}, {@code --verbose}
   */
  OptionScanner(String program, Map<String, Entry<O>> entries, List<String> arguments) {
    this.program = program;
    // Kept in their order, in which ambiguous names are listed.
    this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    this.arguments = List.copyOf(arguments);
  }

  /** The next option; the operands come last, after all options. */
  Item<O> next() {
    if (!letters.isEmpty()) {
      return letter();
    }
    while (next < arguments.size()) {
      String argument = arguments.get(next++);
      if (argument.equals("--")) {
        operands.addAll(arguments.subList(next, arguments.size()));
        next = arguments.size();
      } else if (argument.startsWith("--")) {
        return name(argument);
      } else if (argument.startsWith("-") && argument.length() > 1) {
        letters = argument.substring(1);
        return letter();
      } else {
        operands.add(argument);
      }
    }
    return new Item.End<>(operands);
  }

  private Item<O> letter() {
    String letter = letters.substring(0, 1);
    letters = letters.substring(1);
    Entry<O> entry = entries.get("-" + letter);
    if (entry == null) {
      return wrong("invalid option -- '" + letter + "'");
    }
    if (entry.argument() == Argument.NONE) {
      return new Item.Given<>(entry.option(), "");
    }
    String value = letters;
    letters = "";
    if (value.isEmpty() && entry.argument() == Argument.REQUIRED) {
      if (next == arguments.size()) {
        return wrong("option requires an argument -- '" + letter + "'");
      }
      value = arguments.get(next++);
    }
    return new Item.Given<>(entry.option(), value);
  }

  private Item<O> name(String argument) {
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument : argument.substring(0, equals);
    List<String> names = namesThatBegin(name);
    if (names.isEmpty()) {
      return wrong("unrecognized option '" + argument + "'");
    }
    if (names.size() > 1) {
      return wrong(
          names.stream()
              .map(possible -> " '" + possible + "'")
              .collect(
                  Collectors.joining(
                      "", "option '" + argument + "' is ambiguous; possibilities:", "")));
    }
    String whole = names.getFirst();
    Entry<O> entry = Objects.requireNonNull(entries.get(whole));
    if (equals >= 0) {
      return entry.argument() == Argument.NONE
          ? wrong("option '" + whole + "' doesn't allow an argument")
          : new Item.Given<>(entry.option(), argument.substring(equals + 1));
    }
    if (entry.argument() != Argument.REQUIRED) {
      return new Item.Given<>(entry.option(), "");
    }
    return next == arguments.size()
        ? wrong("option '" + whole + "' requires an argument")
        : new Item.Given<>(entry.option(), arguments.get(next++));
  }

  /** The name itself, or all that it can be short for, unless they mean the same. */
  private List<String> namesThatBegin(String prefix) {
    if (entries.containsKey(prefix)) {
      return List.of(prefix);
    }
    List<String> names = entries.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    boolean isOne = names.stream().map(entries::get).distinct().count() == 1;
    return isOne ? List.of(names.getFirst()) : names;
  }

  private Item<O> wrong(String message) {
    return new Item.Wrong<>(program + ": " + message);
  }
}
