package dev.tapwright.compiler.probe;

import java.util.List;
import java.util.Optional;

/**
 * {@code process("PATH").plt} and its kin: calls that a program makes into libraries, at its
 * procedure linkage table.
 */
final class ProcessLinkageFamily implements ProbeFamily {
  @Override
  public List<ProbePattern> patterns() {
    return ProbePattern.each(
        List.of(
            "process",
            "process(string)",
            "process(number)",
            "process.library(string)",
            "process(string).library(string)"),
        List.of(".plt", ".plt(string)", ".plt.return", ".plt(string).return"),
        "Calls of functions of libraries");
  }

  @Override
  public boolean isCarried() {
    return false;
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    return Resolution.found(
        ProbeMatch.notCarried(
            new AttachPoint.NotCarried(
                "plt",
                "probes of a program's procedure linkage table are not supported yet",
                "probe the functions in the library: process(\"LIBRARY\").function(\"NAME\")",
                point.has("return"),
                ProbeContext.Kind.USER_MARK,
                List.of(),
                Optional.empty()),
            point));
  }
}
