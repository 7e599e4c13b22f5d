package dev.tapwright.compiler.probe;

import dev.tapwright.syntax.tree.Expression;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code kernel.data(ADDRESS)} with {@code .length(N)}, and {@code kernel.data("SYMBOL")}: accesses
 * to data of the kernel, by the breakpoints that a processor has for them.
 */
final class WatchpointFamily implements ProbeFamily {
  /** Bytes when the point does not say: SystemTap's own number. */
  private static final long USUAL_LENGTH = 1;

  /** Most bytes that one breakpoint of x86-64 is for. */
  private static final int LONGEST = 8;

  @Override
  public List<ProbePattern> patterns() {
    return ProbePattern.each(
        List.of("kernel.data(string)", "kernel.data(number)", "kernel.data(number).length(number)"),
        List.of(".rw", ".write"),
        "Accesses to a variable of the kernel");
  }

  @Override
  public Resolution resolve(ConcretePoint point, ResolutionContext context) {
    boolean isSymbol =
        point.components().get(1).argument().orElseThrow() instanceof Expression.StringLiteral;
    long wanted = point.has("length") ? point.number(2) : USUAL_LENGTH;
    String access = point.has("write") ? "write" : "rw";
    String name =
        "kernel.data(%s).length(%d).%s"
            .formatted(
                isSymbol ? "\"" + point.string(1) + "\"" : "0x" + Long.toHexString(point.number(1)),
                wanted,
                access);
    String subject = isSymbol ? point.string(1) : "0x" + Long.toHexString(point.number(1));
    if (wanted < 1 || wanted > LONGEST) {
      return Resolution.found(
          ProbeMatch.notCarried(tooLong(subject), point).in(Processes.ALL, name));
    }
    AttachPoint.Watchpoint data =
        new AttachPoint.Watchpoint(
            isSymbol ? Optional.of(point.string(1)) : Optional.empty(),
            isSymbol ? 0 : point.number(1),
            length((int) wanted),
            point.has("write"));
    return Resolution.found(
        new ProbeMatch(
            data,
            name,
            "",
            subject,
            data.symbol().isPresent() ? OptionalLong.empty() : OptionalLong.of(data.address()),
            AttachMethod.of(data, context.target().profile())));
  }

  /** As many bytes as are wanted, or a few more: the processor watches powers of two. */
  private static int length(int wanted) {
    int below = Integer.highestOneBit(wanted);
    return below == wanted ? wanted : below * 2;
  }

  private static AttachPoint.NotCarried tooLong(String subject) {
    return AttachPoint.NotCarried.plain(
        subject,
        "the processor watches 1 to %d bytes".formatted(LONGEST),
        "use several probes, of up to %d bytes each".formatted(LONGEST));
  }
}
