package dev.tapwright.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.probe.AttachMethod;
import dev.tapwright.compiler.probe.ProbeFamilies;
import dev.tapwright.compiler.probe.ProbeFamilies.ComponentCandidate;
import dev.tapwright.compiler.probe.ProbeMatch;
import dev.tapwright.syntax.ParseResult;
import dev.tapwright.syntax.tree.Children;
import dev.tapwright.syntax.tree.Declaration;
import dev.tapwright.syntax.tree.Expression;
import dev.tapwright.syntax.tree.Node;
import dev.tapwright.syntax.tree.ProbeComponent;
import dev.tapwright.syntax.tree.ProbePoint;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an editor asks: what a point resolved to, where a name is declared, what may come next. */
class EditorFactsTest {
  @Test
  void tellsWhatAPatternMatched() {
    PointResolution resolution =
        resolve("probe kernel.function(\"vfs_*\").call { println(1) }", 6, 1);
    assertThat(resolution.matches())
        .extracting(ProbeMatch::subject)
        .containsExactly("vfs_read", "vfs_readv", "vfs_write");
    ProbeMatch read = resolution.matches().getFirst();
    assertThat(read.address()).hasValue(0xffffffff81273d10L);
    assertThat(read.prototype(RecordedTarget.of(6, 1)).orElseThrow().parameters())
        .extracting(parameter -> parameter.type() + " " + parameter.name())
        .containsExactly("struct file * file", "char * buf");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          kernel.function("vfs_read"),               6, 1, FENTRY
          kernel.function("vfs_read").return,        6, 1, FEXIT
          kernel.function("vfs_write"),              6, 1, KPROBE
          kernel.function("vfs_read"),               4, 14, KPROBE
          kernel.function("vfs_read").return,        4, 14, KRETPROBE
          module("btrfs").function("btrfs_*"),       6, 1, KPROBE
          kernel.trace("sched_switch"),              6, 1, RAW_TRACEPOINT
          kernel.trace("syscalls:sys_enter_read"),   6, 1, TRACEPOINT
          kernel.trace("sched_switch"),              4, 14, TRACEPOINT
          process("calls").function("work"),         6, 1, UPROBE
          process("calls").function("work").return,  6, 1, URETPROBE
          timer.s(1),                                6, 1, USER_SPACE
          """,
      quoteCharacter = '\'')
  void tellsHowAPointIsAttached(String point, int major, int minor, AttachMethod method) {
    assertThat(resolve("probe " + point + " { println(1) }", major, minor).matches())
        .extracting(ProbeMatch::method)
        .containsExactly(method);
  }

  @Test
  void resolvesPointsOfEmptyHandlers() {
    assertThat(resolve("probe kernel.trace(\"sched_switch\") { }", 6, 1).matches()).hasSize(1);
    assertThat(resolve("probe kernel.function(\"nothing\") { }", 6, 1).problems()).hasSize(1);
  }

  @Test
  void findsDeclarationsAndUses() {
    String text =
        "global count probe begin { count++; local = f(count); println(local) } function f(x) { return x }";
    ParseResult parsed = Scripts.parse(text);
    AnalysisResult result =
        Analyzer.analyze(parsed.script(), Scripts.input(RecordedTarget.of(6, 1)));
    List<Node> named =
        nodes(parsed.script()).filter(node -> result.nameOf(node).isPresent()).toList();
    Node use =
        named.stream()
            .filter(
                node -> node instanceof Expression.Symbol symbol && symbol.name().equals("count"))
            .findFirst()
            .orElseThrow();
    AnalysisResult.NameFacts facts = result.nameOf(use).orElseThrow();
    assertThat(facts.declaration().start()).isEqualTo(text.indexOf("count"));
    assertThat(facts.description()).isEqualTo("count:long");
    assertThat(result.usesOf(facts.declaration())).hasSize(3);
    assertThat(named)
        .extracting(node -> result.nameOf(node).orElseThrow().description())
        .contains("f:long (x:long)");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          probe x {},                                 begin
          probe x {},                                 kernel
          probe tick = timer.s(1) {} probe x {},      tick
          probe timer.x {},                           s(number)
          probe timer.s(1).x {},                      randomize(number)
          probe kernel.x {},                          function(string)
          probe kernel.x {},                          trace(string)
          probe kernel.function("a").x {},            return
          probe process("a").x {},                    function(string)
          """)
  void listsWhatMayComeNext(String text, String candidate) {
    ParseResult parsed = Scripts.parse(text);
    AnalysisResult result =
        Analyzer.analyze(parsed.script(), Scripts.input(RecordedTarget.of(6, 1)));
    List<ProbeComponent.Named> before =
        ((Declaration.Probe) parsed.script().declarations().getLast())
            .points().getFirst().components().stream()
                .map(ProbeComponent.Named.class::cast)
                .toList();
    List<ComponentCandidate> candidates =
        ProbeFamilies.componentsAfter(result.probePoints(), before.subList(0, before.size() - 1));
    assertThat(candidates).extracting(found -> found.component().toString()).contains(candidate);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          kernel.x,            function, vfs_r,   vfs_read vfs_readv
          kernel.x,            trace,    sched_s, sched_switch
          kernel.x,            trace,    raw,     raw_syscalls:sys_enter
          process("calls").x,  function, w,       work work2
          """,
      quoteCharacter = '\'')
  void listsNamesForArguments(String point, String component, String prefix, String expected) {
    ProbePoint parsed = point(Scripts.parse("probe " + point + " {}"));
    List<ProbeComponent.Named> before =
        parsed.components().stream().limit(1).map(ProbeComponent.Named.class::cast).toList();
    assertThat(
            ProbeFamilies.argumentsOf(
                before,
                component,
                prefix,
                ProbeFamilies.context(RecordedTarget.of(6, 1), Path.of("/usr/bin")),
                100))
        .containsExactly(expected.split(" "));
  }

  @Test
  void keepsWhatIsFreeOfErrors() {
    AnalysisResult result =
        Scripts.analyze(
            """
            probe begin { println(1 . "a") }
            probe end { println(good(2)) }
            probe error { println(bad(2)) }
            probe timer.s(1) { untyped = g; println(untyped) }
            function good(x) { return x }
            function bad(x) { return indirect(x) }
            function indirect(x) { break; return x }
            global g
            """);
    assertThat(result.program()).isEmpty();
    assertThat(result.soundProgram().probes())
        .extracting(DerivedProbe::resolvedName)
        .containsExactly("end");
    assertThat(result.soundProgram().functions())
        .extracting(Function::name)
        .containsExactly("good");
  }

  private static PointResolution resolve(String text, int major, int minor) {
    ParseResult parsed = Scripts.parse(text);
    AnalysisResult result =
        Analyzer.analyze(parsed.script(), Scripts.input(RecordedTarget.of(major, minor)));
    return result.resolutionOf(point(parsed)).orElseThrow();
  }

  private static ProbePoint point(ParseResult parsed) {
    return ((Declaration.Probe) parsed.script().declarations().getFirst()).points().getFirst();
  }

  private static Stream<Node> nodes(Node node) {
    return Stream.concat(
        Stream.of(node), Children.of(node).stream().flatMap(EditorFactsTest::nodes));
  }
}
