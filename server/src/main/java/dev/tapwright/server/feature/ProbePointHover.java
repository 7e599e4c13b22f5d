package dev.tapwright.server.feature;

import dev.tapwright.compiler.analysis.DocumentationComment;
import dev.tapwright.compiler.analysis.PointResolution;
import dev.tapwright.compiler.probe.AttachMethod;
import dev.tapwright.compiler.probe.AttachPoint;
import dev.tapwright.compiler.probe.ProbeMatch;
import dev.tapwright.compiler.target.KernelTypes;
import dev.tapwright.compiler.target.Target;
import dev.tapwright.syntax.tree.Declaration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a probe point resolved to.
 *
 * @param target the machine, for the types of arguments
 */
record ProbePointHover(Target target) {
  /** Matches beyond this number are only counted. */
  private static final int SHOWN_MATCHES = 10;

  void describe(PointResolution resolution, HoverText text) {
    List<ProbeMatch> matches = resolution.matches();
    switch (matches.size()) {
      case 0 ->
          text.paragraph(text.strong("Resolves to nothing") + " on " + target.profile().name());
      case 1 -> describeOne(matches.getFirst(), text);
      default -> describeMany(matches, text);
    }
    for (Declaration.Alias alias : resolution.aliases()) {
      text.paragraph("By the alias " + text.code(Comments.oneLine(aliasText(alias))));
      String comment = DocumentationComment.above(alias.span());
      if (!comment.isEmpty()) {
        text.paragraph(comment);
      }
    }
    text.list(resolution.problems());
  }

  private static String aliasText(Declaration.Alias alias) {
    return alias.names().stream()
            .map(name -> name.point().span().text())
            .collect(Collectors.joining(", "))
        + " = "
        + alias.points().stream()
            .map(point -> point.span().text())
            .collect(Collectors.joining(", "));
  }

  private void describeOne(ProbeMatch match, HoverText text) {
    String address =
        match.address().isPresent()
            ? " at " + text.code("0x" + Long.toHexString(match.address().getAsLong()))
            : "";
    if (match.method() != AttachMethod.USER_SPACE) {
      text.paragraph(
          kind(match.attachPoint())
              + text.strong(text.code(match.subject()))
              + address
              + file(match, text));
    }
    text.paragraph(attaching(match, text));
    match.prototype(target).ifPresent(prototype -> describe(prototype, match.attachPoint(), text));
  }

  private static String kind(AttachPoint point) {
    return switch (point) {
      case AttachPoint.KernelFunction function ->
          function.isReturn() ? "Return of kernel function " : "Kernel function ";
      case AttachPoint.Tracepoint _ -> "Tracepoint ";
      case AttachPoint.ProcessEvent _ -> "In the life of a process: ";
      case AttachPoint.UserFunction function ->
          function.isReturn() ? "Return of function " : "Function ";
      case AttachPoint.UserLinkage stub -> stub.isReturn() ? "Return of the call of " : "Call of ";
      case AttachPoint.UserMark _ -> "Mark ";
      case AttachPoint.PerfEvent _ -> "Samples of ";
      case AttachPoint.Watchpoint data ->
          data.isWrite() ? "What is written to " : "What is read from or written to ";
      case AttachPoint.SecurityHook _ -> "Security hook ";
      case AttachPoint.PacketHook _ -> "Packets at the hook ";
      case AttachPoint.Counter _ -> "Counter ";
      case AttachPoint.NotCarried _,
          AttachPoint.Timer _,
          AttachPoint.File _,
          AttachPoint.Begin _,
          AttachPoint.End _,
          AttachPoint.Error _,
          AttachPoint.Never _ ->
          "";
    };
  }

  private static String file(ProbeMatch match, HoverText text) {
    return switch (match.attachPoint()) {
      case AttachPoint.UserFunction function -> " in " + text.code(function.path());
      case AttachPoint.UserLinkage stub -> " from " + text.code(stub.path());
      case AttachPoint.UserMark mark ->
          " of " + text.code(mark.provider()) + " in " + text.code(mark.path());
      case AttachPoint.KernelFunction function ->
          function.module().map(module -> " in module " + text.code(module)).orElse("");
      default -> "";
    };
  }

  private String attaching(ProbeMatch match, HoverText text) {
    return switch (match.method()) {
      case USER_SPACE -> "Runs in user space: all of the language, no privilege needed";
      case COUNTER ->
          "Counts events, on each processor, for `@perf` to read; its handler does not run";
      case NOT_CARRIED -> "Cannot be run as BPF";
      case UNAVAILABLE -> "Kernel " + target.profile().name() + " has no way to attach it";
      default ->
          "Attaches by "
              + text.strong(match.method().description())
              + " on kernel "
              + target.profile().name();
    };
  }

  private static void describe(
      KernelTypes.FunctionPrototype prototype, AttachPoint point, HoverText text) {
    String parameters =
        prototype.parameters().stream()
            .map(parameter -> declaration(parameter.type(), "$" + parameter.name()))
            .collect(Collectors.joining("\n"));
    text.paragraph(prototype.parameters().isEmpty() ? "No arguments" : "Arguments:");
    if (!parameters.isEmpty()) {
      text.script(parameters);
    }
    if (point instanceof AttachPoint.KernelFunction) {
      text.paragraph("Returns " + text.code(prototype.result()));
    }
  }

  /** As C writes it: the star belongs to the name. */
  static String declaration(String type, String name) {
    return type.endsWith("*") ? type + name : type + " " + name;
  }

  private static void describeMany(List<ProbeMatch> matches, HoverText text) {
    String methods =
        matches.stream()
            .map(ProbeMatch::method)
            .distinct()
            .map(AttachMethod::description)
            .collect(Collectors.joining(", "));
    text.paragraph(text.strong(matches.size() + " matches") + " (" + methods + ")");
    text.list(
        matches.stream()
            .limit(SHOWN_MATCHES)
            .map(match -> text.code(match.resolvedName()))
            .toList());
    if (matches.size() > SHOWN_MATCHES) {
      text.paragraph("and " + (matches.size() - SHOWN_MATCHES) + " more");
    }
  }
}
