package dev.tapwright.compiler.analysis;

import dev.tapwright.compiler.intrinsic.Intrinsic;

/** What a call calls, while it is being analysed. */
sealed interface CallTarget {
  /** A function of the script. */
  record Script(FunctionUnit function) implements CallTarget {}

  /** A function that the compiler provides. */
  record Provided(Intrinsic intrinsic) implements CallTarget {}
}
