package dev.tapwright.compiler.machine;

import dev.tapwright.compiler.analysis.Function;
import dev.tapwright.compiler.analysis.Variable;
import dev.tapwright.compiler.assembler.Assembly;
import dev.tapwright.compiler.assembler.AssemblyReader;
import dev.tapwright.compiler.assembler.AssemblyStep;
import dev.tapwright.compiler.target.Helper;
import dev.tapwright.syntax.Span;
import dev.tapwright.syntax.tree.EmbeddedCode;
import java.util.ArrayList;
import java.util.List;

/** Makes machine code of blocks of embedded assembler. */
final class AssemblyCompiler {
  private AssemblyCompiler() {}

  /** The code of a function's body; what user space does not have is reported. */
  static StatementCode compile(UserCompiler owner, Function function, EmbeddedCode code) {
    AssemblyReader.Result read =
        AssemblyReader.read(
            code,
            function.parameters().stream().map(Variable.Local::name).toList(),
            owner.stringLength() + 1);
    // What is wrong with it has been said.
    if (!read.diagnostics().isEmpty()) {
      return new StatementCode.Block(List.of());
    }
    Assembly assembly = read.assembly();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < assembly.steps().size(); i++) {
      Span span = assembly.spans().get(i);
      refuse(owner, function, assembly.steps().get(i), span);
      places.add(owner.places().first(span));
    }
    return new AssemblyCode(
        assembly.steps(),
        places,
        assembly.registers(),
        UserCompiler.parameters(function),
        function.result());
  }

  private static void refuse(UserCompiler owner, Function function, AssemblyStep step, Span span) {
    String where =
        "and function '%s' is called from a handler that runs in user space"
            .formatted(function.name());
    if (step instanceof AssemblyStep.Call(int helper, var _, var _)
        && !AssemblyCode.isOfUserSpace(helper)) {
      String name = Helper.of(helper).map(Helper::kernelName).orElse("helper " + helper);
      owner.refuse(
          UserCompiler.fault(
              MachineCodes.NOT_SUPPORTED,
              span,
              "%s is a function of the kernel, %s".formatted(name, where)));
    } else if (AssemblyCode.mentionsContext(step)) {
      owner.refuse(
          UserCompiler.fault(
              MachineCodes.NOT_SUPPORTED, span, "'$ctx' is there in kernel probes only, " + where));
    }
  }
}
