package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.intrinsic.Intrinsic;
import dev.tapwright.compiler.intrinsic.Intrinsics;
import dev.tapwright.compiler.intrinsic.UserContext;
import dev.tapwright.compiler.intrinsic.UserHost;
import dev.tapwright.compiler.intrinsic.Value;
import dev.tapwright.compiler.intrinsic.Value.LongValue;
import dev.tapwright.compiler.intrinsic.Value.StringValue;
import dev.tapwright.syntax.format.PrintFormat;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of a handler: its budget, and what it can reach. */
final class Execution implements UserContext {
  private final UserMachine machine;
  private final UserProgram program;
  private final UserHost host;
  private final HandlerCode handler;
  private final int stringLength;

  /**
   * What the handler's loops saw of arrays that kernel handlers go on writing to. Reads are
   * answered from here until the handler itself writes to the array: SystemTap's locks keep an
   * array as it is for as long as a handler runs, and a sorted loop would otherwise print what is
   * no longer sorted.
   */
  private final Map<Integer, Map<List<Value>, Value>> copies = new HashMap<>();

  private final Map<Integer, Map<List<Value>, Statistic>> statisticCopies = new HashMap<>();

  private long actions;
  private int place;
  private int tries;
  private Optional<Regex.Match> lastMatch = Optional.empty();
  private Optional<ScriptFault> registered = Optional.empty();

  Execution(UserMachine machine, UserProgram program, UserHost host, HandlerCode handler) {
    this.machine = machine;
    this.program = program;
    this.host = host;
    this.handler = handler;
    this.stringLength = program.limits().stringLength();
    this.actions = program.limits().actions();
  }

  UserProgram program() {
    return program;
  }

  /** Takes an action from the budget, if a statement costs one. */
  void spend(int statement) {
    if (statement != StatementCode.FREE && --actions < 0) {
      throw new ScriptFault("MAXACTION exceeded", statement, false);
    }
  }

  /** From now on faults are caught. */
  void enterTry() {
    tries++;
  }

  /** Undoes {@link #enterTry}. */
  void leaveTry() {
    tries--;
  }

  /** Whether a {@code catch} takes faults here. */
  boolean isCaught() {
    return tries > 0;
  }

  /** Keeps a fault to tell of at the end of the handler, which goes on; the first one counts. */
  void register(ScriptFault fault) {
    registered = registered.or(() -> Optional.of(fault));
  }

  /** The fault to tell of. */
  Optional<ScriptFault> registered() {
    return registered;
  }

  /** What the process that runs the session tells and does. */
  UserHost host() {
    return host;
  }

  /** A string as it can be kept. */
  String cut(String text) {
    return text.length() <= stringLength && text.indexOf('\0') < 0
        ? text
        : ByteStrings.cut(text, stringLength);
  }

  GlobalStore.Scalar scalar(int global) {
    return (GlobalStore.Scalar) machine.store(global);
  }

  GlobalStore.Array array(int global) {
    return (GlobalStore.Array) machine.store(global);
  }

  boolean isStatistics(int global) {
    return machine.isStatistics(global);
  }

  private GlobalStore.Statistics store(int global) {
    return (GlobalStore.Statistics) machine.store(global);
  }

  /** The statistic of a key, if any value was ever added to it. */
  Optional<Statistic> statistic(int global, List<Value> key) {
    Map<List<Value>, Statistic> copy = statisticCopies.get(global);
    return copy == null ? store(global).get(key) : Optional.ofNullable(copy.get(key));
  }

  /** All statistics of an array, as they stay for the handler until it writes to the array. */
  Map<List<Value>, Statistic> statistics(int global) {
    return store(global) instanceof HeapStatistics own
        ? own.elements()
        : statisticCopies.computeIfAbsent(global, _ -> store(global).elements());
  }

  HistogramShape shape(int global, int shape) {
    return program.globals().get(global).histograms().get(shape);
  }

  /** A scalar that is a number; 0 when what it is shared with says otherwise. */
  long number(int global) {
    return scalar(global).get() instanceof LongValue number ? number.value() : 0;
  }

  /** A scalar that is a string; empty when what it is shared with says otherwise. */
  String text(int global) {
    return scalar(global).get() instanceof StringValue text ? text.value() : "";
  }

  /** An element that is a number; 0 when there is none. */
  long number(int global, List<Value> key) {
    return element(global, key).orElse(null) instanceof LongValue number ? number.value() : 0;
  }

  /** An element that is a string; empty when there is none. */
  String text(int global, List<Value> key) {
    return element(global, key).orElse(null) instanceof StringValue text ? text.value() : "";
  }

  /** The elements of an array, as they stay for the handler until it writes to the array. */
  Map<List<Value>, Value> elements(int global) {
    GlobalStore.Array array = array(global);
    return array instanceof HeapArray own
        ? own.view()
        : copies.computeIfAbsent(global, _ -> copyOf(array));
  }

  private static Map<List<Value>, Value> copyOf(GlobalStore.Array array) {
    Map<List<Value>, Value> copy = new LinkedHashMap<>();
    array.elements().forEach(element -> copy.put(element.key(), element.value()));
    return copy;
  }

  private Optional<Value> element(int global, List<Value> key) {
    Map<List<Value>, Value> copy = copies.get(global);
    return copy == null ? array(global).get(key) : Optional.ofNullable(copy.get(key));
  }

  /** Before the handler changes an array: what it reads from now on is what is there. */
  void forgetCopy(int global) {
    copies.remove(global);
    statisticCopies.remove(global);
  }

  void put(int global, List<Value> key, Value value, int where) {
    forgetCopy(global);
    if (!array(global).put(key, value)) {
      throw overflow("Array", global, where);
    }
  }

  void add(int global, List<Value> key, long value, int where) {
    forgetCopy(global);
    if (!store(global).add(key, value)) {
      throw overflow("Aggregation", global, where);
    }
  }

  private ScriptFault overflow(String kind, int global, int where) {
    GlobalDefinition definition = program.globals().get(global);
    String limit =
        definition.sizeIsDeclared() ? "size limit (" + definition.size() + ")" : "MAXMAPENTRIES";
    return new ScriptFault(kind + " overflow, check " + limit, where, true);
  }

  boolean contains(int global, KeyPattern pattern) {
    Optional<List<Value>> key = pattern.exactly();
    if (isStatistics(global)) {
      return key.isPresent()
          ? statistic(global, key.get()).isPresent()
          : anyMatches(statistics(global).keySet(), pattern);
    }
    return key.isPresent()
        ? element(global, key.get()).isPresent()
        : anyMatches(elements(global).keySet(), pattern);
  }

  private static boolean anyMatches(Iterable<List<Value>> keys, KeyPattern pattern) {
    for (List<Value> key : keys) {
      if (pattern.matches(key)) {
        return true;
      }
    }
    return false;
  }

  void remove(int global, KeyPattern pattern) {
    if (isStatistics(global)) {
      forgetCopy(global);
      GlobalStore.Statistics statistics = store(global);
      pattern
          .exactly()
          .ifPresentOrElse(
              statistics::remove,
              () ->
                  List.copyOf(statistics.elements().keySet()).stream()
                      .filter(pattern::matches)
                      .forEach(statistics::remove));
    } else if (array(global) instanceof HeapArray array) {
      removeMatching(array.view().keySet(), pattern);
    } else {
      forgetCopy(global);
      pattern
          .exactly()
          .ifPresentOrElse(
              array(global)::remove,
              () ->
                  array(global).elements().toList().stream()
                      .map(GlobalStore.Element::key)
                      .filter(pattern::matches)
                      .forEach(array(global)::remove));
    }
  }

  private static void removeMatching(java.util.Set<List<Value>> keys, KeyPattern pattern) {
    Optional<List<Value>> exact = pattern.exactly();
    if (exact.isPresent()) {
      keys.remove(exact.get());
      return;
    }
    for (Iterator<List<Value>> iterator = keys.iterator(); iterator.hasNext(); ) {
      if (pattern.matches(iterator.next())) {
        iterator.remove();
      }
    }
  }

  void clear(int global) {
    forgetCopy(global);
    if (isStatistics(global)) {
      store(global).clear();
    } else if (machine.store(global) instanceof GlobalStore.Array array) {
      array.clear();
    } else {
      scalar(global).set(UserMachine.emptyValue(program.globals().get(global).type()));
    }
  }

  /** Matches a regular expression and remembers what it matched. */
  boolean match(String pattern, String subject) {
    lastMatch = machine.regex(pattern).match(subject);
    return lastMatch.isPresent();
  }

  /** Calls a provided function. */
  Optional<Value> provided(Activation activation, String name, List<Code> arguments, int where) {
    List<Value> values = activation.values(arguments);
    Intrinsic intrinsic = Intrinsics.named(name, values.size()).orElseThrow();
    place = where;
    return intrinsic.evaluate(this, values);
  }

  @Override
  public RuntimeException fault(String message) {
    return new ScriptFault(message, place, true);
  }

  @Override
  public RuntimeException endOfHandler() {
    return new EndOfHandler();
  }

  @Override
  public String probePoint() {
    return handler.probePoint();
  }

  @Override
  public String scriptPoint() {
    return handler.scriptPoint();
  }

  @Override
  public Optional<String> matched(long group) {
    return lastMatch.isPresent() ? lastMatch.get().group(group) : Optional.empty();
  }

  @Override
  public Optional<Long> matchedGroups() {
    return lastMatch.map(match -> (long) match.groups());
  }

  @Override
  public int stringLength() {
    return stringLength;
  }

  @Override
  public String tokenizerRest() {
    return machine.tokenizerRest();
  }

  @Override
  public void keepTokenizerRest(String rest) {
    machine.keepTokenizerRest(rest);
  }

  @Override
  public long processId() {
    return host.processId();
  }

  @Override
  public long threadId() {
    return host.threadId();
  }

  @Override
  public String processName() {
    return host.processName();
  }

  @Override
  public Optional<String> processName(long process) {
    return host.processName(process);
  }

  @Override
  public Optional<KernelAddress> kernelAddress(long address) {
    return host.kernelAddress(address);
  }

  @Override
  public Optional<byte[]> kernelMemory(long address, int size) {
    return host.kernelMemory(address, size);
  }

  @Override
  public Optional<Long> kernelNumber(KernelNumber number) {
    return host.kernelNumber(number);
  }

  @Override
  public Optional<String> kernelText(long address, int limit) {
    return host.kernelText(address, limit);
  }

  /** What a format makes of its arguments. */
  String render(PrintFormat format, List<Value> arguments, int where) {
    return FormatRenderer.render(format, MemoryArguments.read(this, format, arguments, where));
  }

  /** Bytes of the kernel's memory. */
  byte[] kernelBytes(long address, int size, int where) {
    return kernelMemory(address, size).orElseThrow(() -> badAddress(address, where));
  }

  /** A number in the kernel's memory. */
  long kernelNumber(long address, int size, boolean isSigned, int where) {
    byte[] bytes = kernelBytes(address, size, where);
    long value = 0;
    for (int i = size - 1; i >= 0; i--) {
      value = value << Byte.SIZE | (isSigned && i == size - 1 ? bytes[i] : bytes[i] & 0xff);
    }
    return value;
  }

  /** A string in the kernel's memory. */
  String kernelText(long address, int limit, int where) {
    return kernelText(address, Math.min(limit, stringLength))
        .orElseThrow(() -> badAddress(address, where));
  }

  private static ScriptFault badAddress(long address, int where) {
    return new ScriptFault("kernel read fault at 0x%016x (addr)".formatted(address), where, true);
  }

  @Override
  public void system(String command) {
    host.system(command);
  }

  @Override
  public long userId() {
    return host.userId();
  }

  @Override
  public long groupId() {
    return host.groupId();
  }

  @Override
  public long processor() {
    return host.processor();
  }

  @Override
  public long realTimeNanoseconds() {
    return host.realTimeNanoseconds();
  }

  @Override
  public long monotonicNanoseconds() {
    return host.monotonicNanoseconds();
  }

  @Override
  public long targetProcess() {
    return host.targetProcess();
  }

  @Override
  public void exit() {
    host.exit();
  }

  @Override
  public void warn(String message) {
    host.warn(message);
  }

  @Override
  public void print(String text) {
    host.print(text);
  }

  /** What {@code abort()} throws. */
  static final class EndOfHandler extends RuntimeException {
    private static final long serialVersionUID = 1;

    EndOfHandler() {
      super("abort", null, false, false);
    }
  }

  @Override
  public Optional<String> processFile(long process, String name) {
    return host.processFile(process, name);
  }

  @Override
  public String fileText() {
    return host.fileText();
  }

  @Override
  public void setFileText(String text) {
    host.setFileText(text);
  }
}
