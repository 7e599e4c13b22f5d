package dev.tapwright.compiler.bpf;

import dev.tapwright.compiler.analysis.Bindings;
import dev.tapwright.compiler.analysis.Callee;
import dev.tapwright.compiler.analysis.DerivedProbe;
import dev.tapwright.compiler.analysis.Function;
import dev.tapwright.compiler.analysis.Program;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.assembler.Assembly;
import dev.tapwright.compiler.assembler.AssemblyReader;
import dev.tapwright.compiler.assembler.AssemblyStep;
import dev.tapwright.compiler.machine.CallGraph;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.probe.AttachPoint.Begin;
import dev.tapwright.compiler.probe.AttachPoint.End;
import dev.tapwright.compiler.probe.AttachPoint.Error;
import dev.tapwright.compiler.probe.Placement;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.EmbeddedCode;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
 * @param nesting how deep calls may nest, where the user does not say
 * @param mayExit whether any, or a handler that runs meanwhile in user space, calls {@code exit()}
 */
record KernelReach(
    Set<Integer> globals,
    Set<Integer> functions,
    Set<String> provided,
    boolean mayLoop,
    int nesting,
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
        kernel.calls.nesting(),
        meanwhile.provided.contains("exit"));
  }

  private static Walk walk(Program program, Predicate<AttachPoint> points) {
    Walk walk = new Walk();
    for (DerivedProbe probe : program.probes()) {
      if (points.test(probe.attachPoint())) {
        probe
            .condition()
            .ifPresent(condition -> walk.add(condition, probe.bindings(), CallGraph.HANDLERS));
        probe.bodies().forEach(body -> walk.add(body, probe.bindings(), CallGraph.HANDLERS));
      }
    }
    while (!walk.pending.isEmpty()) {
      int caller = walk.pending.pop();
      Function function = program.functions().get(caller);
      walk.add(function.body(), function.bindings(), caller);
      function.nextOverload().ifPresent(overload -> walk.add(overload, caller));
    }
    return walk;
  }

  private static final class Walk {
    final Set<Integer> globals = new TreeSet<>();
    final Set<Integer> functions = new TreeSet<>();
    final Deque<Integer> pending = new ArrayDeque<>();
    final Set<String> provided = new TreeSet<>();
    final CallGraph calls = new CallGraph();
    boolean mayLoop;

    void add(Node root, Bindings bindings, int caller) {
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
        if (node instanceof EmbeddedCode code && Assembly.isIn(code)) {
          add(AssemblyReader.read(code, List.of(), 1).assembly());
        }
        mayLoop |=
            node instanceof Statement.While
                || node instanceof Statement.For
                || node instanceof Statement.Foreach;
        if (node instanceof Expression.FunctionCall call) {
          bindings.calleeOf(call).ifPresent(callee -> add(callee, caller));
        }
        Children.of(node).forEach(nodes::push);
      }
    }

    private void add(Assembly assembly) {
      mayLoop |= assembly.hasLoops();
      if (assembly.steps().contains(new AssemblyStep.EndSession())) {
        provided.add("exit");
      }
    }

    void add(int function, int caller) {
      calls.add(caller, function);
      if (functions.add(function)) {
        pending.push(function);
      }
    }

    private void add(Callee callee, int caller) {
      switch (callee) {
        case Callee.ScriptFunction(int index) -> add(index, caller);
        case Callee.Provided(var intrinsic) -> provided.add(intrinsic.signature().name());
      }
    }
  }
}
