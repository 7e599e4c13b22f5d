package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.intrinsic.Intrinsic;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.LoopVariable;
import dev.tapwright.syntax.tree.Node;
import java.util.List;

/** The names that SystemTap gives what a handler or function names. */
interface MangledNames {
  String of(Expression.Symbol symbol);

  String of(Expression.FunctionCall call);

  String of(LoopVariable variable);

  /** The name of a global function without overloads. */
  static String ofFunction(String name) {
    return "__global_" + name + "__overload_0";
  }

  /** Names as written. */
  static MangledNames asWritten() {
    return new MangledNames() {
      @Override
      public String of(Expression.Symbol symbol) {
        return symbol.name();
      }

      @Override
      public String of(Expression.FunctionCall call) {
        return call.function().name();
      }

      @Override
      public String of(LoopVariable variable) {
        return variable.name().name();
      }
    };
  }

  /** The names of a handler or function of a program. */
  static MangledNames in(Bindings bindings, List<Function> functions) {
    return new MangledNames() {
      @Override
      public String of(Expression.Symbol symbol) {
        return of(symbol, symbol.name());
      }

      @Override
      public String of(Expression.FunctionCall call) {
        return switch (bindings.calleeOf(call).orElse(null)) {
          case Callee.ScriptFunction(int index) -> functions.get(index).mangledName();
          case Callee.Provided(Intrinsic intrinsic) -> ofFunction(intrinsic.signature().name());
          case null -> call.function().name();
        };
      }

      @Override
      public String of(LoopVariable variable) {
        return of(variable.name(), variable.name().name());
      }

      private String of(Node node, String written) {
        return bindings.variableOf(node).orElse(null) instanceof Variable.Global global
            ? global.mangledName()
            : written;
      }
    };
  }
}
