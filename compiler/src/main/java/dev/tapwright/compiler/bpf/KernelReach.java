package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Bindings;
import dev.tapwright.compiler.analysis.Callee;
import dev.tapwright.compiler.analysis.DerivedProbe;
import dev.tapwright.compiler.analysis.Function;
import dev.tapwright.compiler.analysis.Program;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.probe.AttachPoint.Begin;
import dev.tapwright.compiler.probe.AttachPoint.End;
import dev.tapwright.compiler.probe.AttachPoint.Error;
import dev.tapwright.compiler.probe.Placement;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What kernel-placed handlers use, directly and through functions.
 *
 * @param globals places in the program's globals, ascending
 * @param functions places in the program's functions, ascending
 * @param provided names of the provided functions that are called
 * @param mayLoop whether any has a loop
 * @param mayExit whether any, or a handler that runs meanwhile in user space, calls {@code exit()}
 */
record KernelReach(
    Set<Integer> globals,
    Set<Integer> functions,
    Set<String> provided,
    boolean mayLoop,
    boolean mayExit) {
  /** Finds it out. */
  static KernelReach of(Program program) {
    Walk kernel = walk(program, point -> point.placement() == Placement.KERNEL);
    Walk meanwhile =
        walk(
            program,
            point -> !(point instanceof Begin || point instanceof End || point instanceof Error));
    return new KernelReach(
        kernel.globals,
        kernel.functions,
        kernel.provided,
        kernel.mayLoop,
        meanwhile.provided.contains("exit"));
  }

  private static Walk walk(Program program, Predicate<AttachPoint> points) {
    Walk walk = new Walk();
    for (DerivedProbe probe : program.probes()) {
      if (points.test(probe.attachPoint())) {
        probe.condition().ifPresent(condition -> walk.add(condition, probe.bindings()));
        probe.bodies().forEach(body -> walk.add(body, probe.bindings()));
      }
    }
    while (!walk.pending.isEmpty()) {
      Function function = program.functions().get(walk.pending.pop());
      walk.add(function.body(), function.bindings());
      function.nextOverload().ifPresent(walk::add);
    }
    return walk;
  }

  private static final class Walk {
    final Set<Integer> globals = new TreeSet<>();
    final Set<Integer> functions = new TreeSet<>();
    final Deque<Integer> pending = new ArrayDeque<>();
    final Set<String> provided = new TreeSet<>();
    boolean mayLoop;

    void add(Node root, Bindings bindings) {
      Deque<Node> nodes = new ArrayDeque<>();
      nodes.push(root);
      while (!nodes.isEmpty()) {
        Node node = nodes.pop();
        bindings
            .variableOf(node)
            .ifPresent(
                variable -> {
                  if (variable instanceof Variable.Global global) {
                    globals.add(global.index());
                  }
                });
        mayLoop |=
            node instanceof Statement.While
                || node instanceof Statement.For
                || node instanceof Statement.Foreach;
        if (node instanceof Expression.FunctionCall call) {
          bindings.calleeOf(call).ifPresent(this::add);
        }
        Children.of(node).forEach(nodes::push);
      }
    }

    void add(int function) {
      if (functions.add(function)) {
        pending.push(function);
      }
    }

    private void add(Callee callee) {
      switch (callee) {
        case Callee.ScriptFunction(int index) -> add(index);
        case Callee.Provided(var intrinsic) -> provided.add(intrinsic.signature().name());
      }
    }
  }
}
