package dev.tapwright.compiler.runtime;

import dev.tapwright.compiler.analysis.Type;
import dev.tapwright.compiler.intrinsic.Value;
import dev.tapwright.compiler.machine.GlobalDefinition;
import dev.tapwright.compiler.machine.GlobalStore;
import java.util.List;
import java.util.Map;

/** Gives the globals that live in the kernel their initial values; maps begin as zeros. */
final class SharedGlobals {
  private SharedGlobals() {}

  static void initialize(List<GlobalDefinition> globals, Map<Integer, GlobalStore> stores) {
    for (int index = 0; index < globals.size(); index++) {
      GlobalDefinition global = globals.get(index);
      if (stores.get(index) instanceof GlobalStore.Scalar scalar) {
        boolean isText = global.type() == Type.STRING;
        boolean isZero = isText ? global.initialText().isEmpty() : global.initialNumber() == 0;
        if (!isZero) {
          scalar.set(
              isText ? new Value.StringValue(global.initialText()) : new Value.LongValue(global.initialNumber()));
        }
      }
    }
  }
}
