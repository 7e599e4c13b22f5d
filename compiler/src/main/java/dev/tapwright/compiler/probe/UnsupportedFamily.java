package dev.tapwright.compiler.probe;

import java.util.List;
import java.util.Optional;

/**
 * Forms that SystemTap knows and Tapwright does not yet: so that they get that answer, not
 * "mismatch".
 */
final class UnsupportedFamily implements ProbeFamily {
  private static final List<String> FORMS =
      List.of(
          "timer.profile.freq",
          "kernel.function(string).callee(string)",
          "kernel.function(string).callees",
          "kernel.function(string).callees(number)",
          "kernel.function(string).label(string)",
          "kernel.mark(string)",
          "module(string).function(string).callee(string)",
          "module(string).function(string).callees",
          "module(string).function(string).callees(number)",
          "module(string).function(string).label(string)",
          "process(string).function(string).callee(string)",
          "process(string).function(string).callees",
          "process(string).function(string).callees(number)",
          "process(string).function(string).label(string)",
          "perf.type(number).config(number).process",
          "perf.type(number).config(number).process(string)",
          "java(string).class(string).method(string)",
          "java(string).class(string).method(string).return",
          "java(number).class(string).method(string)",
          "java(number).class(string).method(string).return",
          "python2.module(string).function(string)",
          "python2.module(string).function(string).call",
          "python2.module(string).function(string).return",
          "python3.module(string).function(string)",
          "python3.module(string).function(string).call",
          "python3.module(string).function(string).return");

  @Override
  public boolean isCarried() {
    return false;
  }

  @Override
  public List<ProbePattern> patterns() {
    return FORMS.stream().map(form -> ProbePattern.of(form, "Not supported yet")).toList();
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    return new Resolution.NotSupported(
        "probe point '%s' is not supported yet".formatted(point), Optional.empty());
  }
}
