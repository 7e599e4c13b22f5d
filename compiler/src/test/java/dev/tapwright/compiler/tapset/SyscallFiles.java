package dev.tapwright.compiler.tapset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the library's files of system calls from two tables: {@code syscalls.txt}, one line a call,
 * and {@code syscall_names.txt}, one line a set of flags or values.
 */
final class SyscallFiles {
  private static final String MADE =
      "# Made from syscalls.txt by SyscallFiles: change the table, and run SyscallFilesTest with -Dtapwright.rewrite=true.\n";

  private final Map<String, StringBuilder> files = new LinkedHashMap<>();

  /** The texts by the files' names. */
  static Map<String, String> make() throws IOException {
    SyscallFiles files = new SyscallFiles();
    files.calls();
    files.names();
    Map<String, String> texts = new LinkedHashMap<>();
    files.files.forEach((name, text) -> texts.put(name, text.toString()));
    return texts;
  }

  private void calls() throws IOException {
    StringBuilder file = new StringBuilder();
    for (String line : lines("syscalls.txt")) {
      if (line.startsWith("= ")) {
        List<String> words = List.of(line.split(" ", 3));
        file = new StringBuilder("# System calls. " + words.get(2) + "\n" + MADE);
        files.put("syscalls_" + words.get(1) + ".stp", file);
      } else {
        call(line, file);
      }
    }
  }

  private void call(String line, StringBuilder file) {
    String format = line.contains(" > hex") ? "2" : line.contains(" > octal") ? "3" : "1";
    List<String> words = List.of(line.replaceFirst(" > .*", "").split(" "));
    List<String> numbers = List.of(words.get(0).split(","));
    List<String> names = List.of(words.get(1).split(","));
    String name = names.getFirst();
    Arguments arguments = new Arguments(numbers);
    for (int i = 2; i < words.size(); i++) {
      arguments.add(words.get(i));
    }
    String call = name + "(" + String.join(", ", arguments.names) + ")";
    file.append("\n/** The system call ").append(call).append(" starts. Variables: name, argstr");
    arguments.variables.forEach(variable -> file.append(", ").append(variable));
    file.append(". */\nprobe syscall.").append(name).append(" = kernel.trace(\"sys_enter\") {\n");
    file.append("  if (").append(other("$id", numbers)).append(") next\n");
    file.append("  name = \"").append(name).append("\"\n");
    arguments.statements.forEach(statement -> file.append("  ").append(statement).append('\n'));
    file.append("  argstr = ").append(arguments.text()).append('\n');
    if (arguments.hasModeOfNew) {
      file.append("  if (flags & 0x40) argstr .= sprintf(\", %#o\", mode)\n");
    }
    file.append("}\n");
    boolean returns = !name.startsWith("exit");
    if (returns) {
      file.append("\n/** The system call ").append(name);
      file.append("() returns. Variables: name, retval, retstr");
      boolean keeps = !name.startsWith("execve");
      if (keeps) {
        arguments.variables.forEach(variable -> file.append(", ").append(variable));
      }
      file.append(". */\nprobe syscall.").append(name);
      file.append(".return = kernel.trace(\"sys_exit\") {\n");
      file.append("  if (").append(other("$regs->orig_ax", numbers)).append(") next\n");
      file.append("  name = \"").append(name).append("\"\n  retval = $ret\n");
      file.append("  retstr = return_str(").append(format).append(", $ret)\n");
      if (keeps) {
        arguments.statements.forEach(
            statement ->
                file.append("  ").append(statement.replace("$id", "$regs->orig_ax")).append('\n'));
      }
      file.append("}\n");
    }
    for (String other : names) {
      if (!other.equals(name)) {
        alias(file, "syscall." + other, "syscall." + name, returns);
      }
    }
    for (String family : List.of("nd_syscall", "tp_syscall")) {
      StringBuilder others =
          files.computeIfAbsent(
              family + "s.stp",
              key ->
                  new StringBuilder("# System calls by the names of " + family + ".*.\n" + MADE));
      for (String other : names) {
        alias(others, family + "." + other, "syscall." + name, returns);
      }
    }
  }

  private static String other(String number, List<String> numbers) {
    List<String> parts = new ArrayList<>();
    numbers.forEach(each -> parts.add(number + " != " + each));
    String isOther = String.join(" && ", parts);
    return (numbers.size() > 1 ? "(" + isOther + ")" : isOther) + " || probing_32bit_app()";
  }

  private static void alias(StringBuilder file, String name, String meant, boolean returns) {
    file.append("\n/** Another name of ").append(meant).append(". */\nprobe ").append(name);
    file.append(" = ").append(meant).append(" {}\n");
    if (returns) {
      file.append("\n/** Another name of ").append(meant).append(".return. */\nprobe ");
      file.append(name).append(".return = ").append(meant).append(".return {}\n");
    }
  }

  private void names() throws IOException {
    StringBuilder file =
        new StringBuilder(
            "# The names of flags and values of system calls.\n"
                + MADE.replace("syscalls.txt", "syscall_names.txt"));
    files.put("syscall_names.stp", file);
    for (String line : lines("syscall_names.txt")) {
      List<String> halves = List.of(line.split(" \\| "));
      List<String> words = List.of(halves.get(0).split(" ", 3));
      boolean areFlags = words.get(0).equals("flags");
      file.append("\n/** ").append(words.get(2)).append(" */\nfunction ").append(words.get(1));
      file.append("_str:string(").append(areFlags ? "flags" : "value").append(":long) {\n");
      if (areFlags) {
        file.append("  text = \"\"\n");
      }
      long known = 0;
      for (String item : halves.get(1).split(" ")) {
        List<String> parts = List.of(item.split("=", 2));
        if (areFlags) {
          known |= Long.decode(parts.get(0));
          file.append("  if (flags & %s) text .= \"|%s\"%n".formatted(parts.get(0), parts.get(1)));
        } else {
          file.append("  if (value == %s) return \"%s\"%n".formatted(parts.get(0), parts.get(1)));
        }
      }
      if (areFlags) {
        file.append("  rest = flags & 0xffffffff & ~0x%x%n".formatted(known));
        file.append("  if (rest || text == \"\") text .= sprintf(\"|0x%x\", rest)\n");
        file.append("  return substr(text, 1, strlen(text))\n}\n");
      } else {
        file.append("  return sprintf(\"0x%x\", value)\n}\n");
      }
    }
  }

  private static List<String> lines(String table) throws IOException {
    try (InputStream stream = SyscallFiles.class.getResourceAsStream(table)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }

  /** The arguments of one call, as statements that set variables and as text. */
  private static final class Arguments {
    private static final List<String> REGISTERS = List.of("di", "si", "dx", "r10", "r8", "r9");
    private static final Set<String> STRUCTURES =
        Set.of(
            "timespec",
            "timespec_pair",
            "timeval",
            "timeval_pair",
            "itimerval",
            "itimerspec",
            "sigset");

    private final List<String> numbers;
    final List<String> names = new ArrayList<>();
    final Set<String> variables = new LinkedHashSet<>();
    final List<String> statements = new ArrayList<>();
    private final List<String> formats = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private int next;

    /** Whether a mode is shown only when a file may be made. */
    boolean hasModeOfNew;

    Arguments(List<String> numbers) {
      this.numbers = numbers;
    }

    void add(String word) {
      String register = "$regs->" + REGISTERS.get(next++);
      if (word.equals("-")) {
        return;
      }
      String name = word.substring(0, word.indexOf(':'));
      String type = word.substring(word.indexOf(':') + 1);
      if (type.endsWith("?")) {
        type = type.substring(0, type.length() - 1);
        register = "($id == " + numbers.getLast() + " ? " + register + " : 0)";
      }
      names.add(name.replace("_uaddr", ""));
      add(name, type, register);
    }

    private void add(String name, String type, String register) {
      String base = name.replace("_uaddr", "");
      String signed = register + " << 32 >> 32";
      String unsigned = register + " & 0xffffffff";
      switch (type) {
        case "int" -> number(name, signed, "%d");
        case "uint" -> number(name, unsigned, "%u");
        case "long" -> number(name, register, "%d");
        case "size" -> number(name, register, "%u");
        case "hex", "ptr" -> number(name, register, "0x%x");
        case "mode" -> number(name, register + " & 0xffff", "%#o");
        case "new_mode" -> {
          set(name, register + " & 0xffff");
          hasModeOfNew = true;
        }
        case "path" -> {
          String address = name.replaceFirst("_str$", "") + "_uaddr";
          set(address, register);
          set(name, "user_string_quoted(" + register + ")");
          set(name + "_unquoted", "user_string(" + register + ", \"\")");
          show("%s", name);
        }
        case "data" -> {
          set(name + "_uaddr", register);
          named(
              name,
              "user_buffer_quoted(%s, $regs->%s, 64)".formatted(register, REGISTERS.get(next)));
        }
        case "dir" -> {
          set(name, signed);
          named(name, "directory_str(" + signed + ")");
        }
        case "sig" -> {
          set(name, signed);
          set(name + "_name", "signal_str(" + signed + ")");
          named(name, "signal_str(" + signed + ")");
        }
        case "sockaddr" -> {
          set(base + "_uaddr", register);
          set("uaddr_af", "sockaddr_family_str(" + register + ")");
          set("uaddr_ip", "sockaddr_ip(" + register + ")");
          set("uaddr_ip_port", "sockaddr_port(" + register + ")");
          named(base, "sockaddr_str(" + register + ")");
        }
        case "argv" -> {
          set(name, "argument_list(" + register + ")");
          show("%s", name);
        }
        case "env" -> {
          set("env_str", "environment_count(" + register + ")");
          show("%s", "env_str");
        }
        default -> {
          if (STRUCTURES.contains(type)) {
            set(base + "_uaddr", register);
            named(name, "user_" + type + "_str(" + register + ")");
          } else {
            set(name, unsigned);
            named(name, type + "_str(" + unsigned + ")");
          }
        }
      }
    }

    private void number(String name, String value, String format) {
      set(name, value);
      show(format, name);
    }

    private void named(String name, String value) {
      set(name + "_str", value);
      show("%s", name + "_str");
    }

    private void set(String name, String value) {
      variables.add(name);
      statements.add(name + " = " + value);
    }

    private void show(String format, String variable) {
      formats.add(format);
      values.add(variable);
    }

    String text() {
      if (formats.isEmpty()) {
        return "\"\"";
      }
      return "sprintf(\"%s\", %s)".formatted(String.join(", ", formats), String.join(", ", values));
    }
  }
}
