package dev.tapwright.compiler.intrinsic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The registry of provided functions. */
public final class Intrinsics {
  private static final List<Intrinsic> ALONE =
      List.of(
          new Abort(),
          new Assert(),
          new AssertMessage(),
          new Cpu(),
          new CtimeNow(),
          new Ctime(),
          new ErrnoStr(),
          new Error(),
          new Execname(),
          new Exit(),
          new GettimeofdayMs(),
          new GettimeofdayNs(),
          new GettimeofdayS(),
          new GettimeofdayUs(),
          new Gid(),
          new Isdigit(),
          new Isinstr(),
          new Jiffies(),
          new KtimeGetNs(),
          new Log(),
          new Matched(),
          new MatchedGroups(),
          new MemoryString(false, false),
          new MemoryString(false, true),
          new MemoryString(true, false),
          new MemoryString(true, true),
          new ModuleName(),
          new Pid(),
          new Pid2execname(),
          new ProbeRegister(true),
          new ProbeRegister(false),
          new Randint(),
          new StrReplace(),
          new StringQuoted(),
          new Stringat(),
          new Strlen(),
          new Strpos(),
          new Strtol(),
          new Substr(),
          new SyscallName(),
          new ScriptProbeName(),
          new ShellCommand(),
          new Target(),
          new TaskCurrent(),
          new TextStr(),
          new TextStrn(),
          new Tid(),
          new TokenizeNext(),
          new Tokenize(),
          new TzGmtoff(),
          new TzName(),
          new Uid(),
          new Warn());

  private static final List<Intrinsic> ALL =
      Stream.of(
              ALONE,
              CallingConvention.all(),
              ProbeAddress.all(),
              ProbeArgument.all(),
              ProbeFact.all(),
              ProcessMemory.all(),
              StackTrace.all())
          .flatMap(List::stream)
          .sorted(
              Comparator.comparing((Intrinsic intrinsic) -> intrinsic.signature().name())
                  .thenComparingInt(intrinsic -> intrinsic.signature().parameters().size()))
          .toList();

  /** Those that only the compiler itself and the library call. */
  private static final List<Intrinsic> INNER =
      Stream.of(FileText.all(), List.of(new SymbolText(false), new SymbolText(true)))
          .flatMap(List::stream)
          .map(Intrinsic.class::cast)
          .toList();

  private static final Map<String, List<Intrinsic>> BY_NAME = byName();

  private Intrinsics() {}

  /** Those that a script may name, by name and then number of parameters. */
  public static List<Intrinsic> all() {
    return ALL;
  }

  /** Those of a name, which differ in their numbers of parameters; most names have one. */
  public static List<Intrinsic> overloads(String name) {
    return BY_NAME.getOrDefault(name, List.of());
  }

  /** The one of a name that has the fewest parameters. */
  public static Optional<Intrinsic> named(String name) {
    return overloads(name).stream().findFirst();
  }

  /** The one of a name that has so many parameters. */
  public static Optional<Intrinsic> named(String name, int arity) {
    for (Intrinsic intrinsic : overloads(name)) {
      if (intrinsic.signature().parameters().size() == arity) {
        return Optional.of(intrinsic);
      }
    }
    return Optional.empty();
  }

  private static Map<String, List<Intrinsic>> byName() {
    Map<String, List<Intrinsic>> byName = new HashMap<>();
    for (Intrinsic intrinsic : Stream.concat(ALL.stream(), INNER.stream()).toList()) {
      byName
          .computeIfAbsent(intrinsic.signature().name(), name -> new ArrayList<>())
          .add(intrinsic);
    }
    return byName;
  }
}
