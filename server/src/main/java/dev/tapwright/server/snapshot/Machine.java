package dev.tapwright.server.snapshot;

import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelSymbols;
import dev.tapwright.compiler.target.KernelTypes;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.compiler.target.Tracepoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The machine that the server runs on. Its slow facts, the kernel's symbols, types and tracepoints,
 * are read in the background when somebody first asks for them: a {@link View} answers at once,
 * with what is there.
 */
public final class Machine {
  private final Supplier<Target> opener;
  private final Executor executor;
  private final Runnable onChange;
  private final AtomicInteger loading = new AtomicInteger();
  private final Fact<KernelSymbols> symbols = new Fact<>(Machine::readSymbols);
  private final Fact<Optional<KernelTypes>> types = new Fact<>(Machine::readTypes);
  private final Fact<Tracepoints> tracepoints = new Fact<>(Machine::readTracepoints);
  private volatile Optional<Target> opened = Optional.empty();

  /**
   * @param opener opens the machine; must be quick
   * @param executor reads the slow facts
   * @param onChange told when reading begins and ends
   */
  public Machine(Supplier<Target> opener, Executor executor, Runnable onChange) {
    this.opener = opener;
    this.executor = executor;
    this.onChange = onChange;
  }

  /** Whether facts are being read at the moment. */
  public boolean isLoading() {
    return loading.get() > 0;
  }

  /**
   * The machine itself, every fact of which is there when it is asked for, however long that takes.
   */
  public Target target() {
    Optional<Target> target = opened;
    if (target.isPresent()) {
      return target.get();
    }
    synchronized (this) {
      Target first = opened.orElseGet(opener);
      opened = Optional.of(first);
      return first;
    }
  }

  /** The machine for one compilation. */
  public View view(KernelProfile profile) {
    return new View(target(), profile);
  }

  private static KernelSymbols readSymbols(Target target) {
    KernelSymbols symbols = target.kernelSymbols();
    symbols.function("schedule");
    return symbols;
  }

  private static Optional<KernelTypes> readTypes(Target target) {
    Optional<KernelTypes> types = target.kernelTypes();
    types.ifPresent(known -> known.function("schedule"));
    return types;
  }

  private static Tracepoints readTracepoints(Target target) {
    Tracepoints tracepoints = target.tracepoints();
    tracepoints.matching("sched:sched_switch");
    return tracepoints;
  }

  /** A fact that is read once, in the background. */
  private final class Fact<T> {
    private final java.util.function.Function<Target, T> reader;
    private Optional<CompletableFuture<T>> value = Optional.empty();

    Fact(java.util.function.Function<Target, T> reader) {
      this.reader = reader;
    }

    synchronized CompletableFuture<T> get() {
      if (value.isEmpty()) {
        loading.incrementAndGet();
        CompletableFuture<T> read =
            CompletableFuture.supplyAsync(() -> reader.apply(target()), executor);
        value = Optional.of(read);
        var _ =
            read.whenComplete(
                (_, _) -> {
                  loading.decrementAndGet();
                  onChange.run();
                });
        executor.execute(onChange);
      }
      return value.get();
    }
  }

  /**
   * The machine as one compilation sees it: facts that are not there yet are absent, and {@link
   * #missing()} tells of them. Asking for one begins to read it.
   */
  public final class View extends TargetWithProfile {
    private final List<CompletableFuture<?>> missing = new ArrayList<>();

    private View(Target target, KernelProfile profile) {
      super(target, profile);
    }

    /** Completes when the facts that were asked for and absent are there; empty when none was. */
    public synchronized Optional<CompletableFuture<Void>> missing() {
      return missing.isEmpty()
          ? Optional.empty()
          : Optional.of(CompletableFuture.allOf(missing.toArray(CompletableFuture[]::new)));
    }

    @Override
    public KernelSymbols kernelSymbols() {
      return now(symbols, NoSymbols.INSTANCE);
    }

    @Override
    public Optional<KernelTypes> kernelTypes() {
      return now(types, Optional.empty());
    }

    @Override
    public Tracepoints tracepoints() {
      return now(tracepoints, _ -> List.of());
    }

    private synchronized <T> T now(Fact<T> fact, T absent) {
      CompletableFuture<T> value = fact.get();
      if (value.isCompletedExceptionally()) {
        return absent;
      }
      if (!value.isDone()) {
        missing.add(value);
      }
      return value.getNow(absent);
    }
  }

  private enum NoSymbols implements KernelSymbols {
    INSTANCE;

    @Override
    public List<KernelSymbol> functionsMatching(String glob) {
      return List.of();
    }

    @Override
    public Optional<KernelSymbol> function(String name) {
      return Optional.empty();
    }

    @Override
    public OptionalLong textStart() {
      return OptionalLong.empty();
    }
  }
}
