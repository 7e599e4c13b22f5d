package dev.tapwright.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.target.ModuleMachine;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import dev.tapwright.syntax.diagnostic.Note;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What scripts may say of a kernel's modules, on a {@link ModuleMachine}: the types of the module
 * that a place is in come first there, and a cast names others.
 */
class ModuleTypesTest {
  private static final String UNKNOWN = "type definition 'secret' not found in ";

  /** A script, and its errors with their notes; {@code -} stands for none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "probe module(\"one\").function(\"open_box\") { println($secret->key, $secret->box->count, $state) } | -",
        "probe module(\"one\").function(\"open_box\") { println($box) } | unable to find local 'box' in open_box (alternatives: $state, $secret)",
        "probe kernel.function(\"open_box\") { println($box->count) } | -",
        "probe kernel.function(\"open_box\") { println($box->secret->key) } | unresolved struct secret; the module 'one' has it: @cast(…, \"struct secret\", \"one\")",
        "probe module(\"one\").function(\"open_box\") { println($secret->box->secret->key) } | -",
        "probe module(\"one\").function(\"*\").return { println($return, @entry($secret->key)) } | -",
        "probe module(\"/lib/modules/extra/one.ko.xz\").function(\"open_box\") { println($secret->key) } | -",
        "probe kernel.trace(\"boxes:opened\") { println($secret->key, @cast($secret, \"secret\")->key) } | -",
        "probe kernel.trace(\"opened\") { println($secret->text) } | unable to find member 'text' for struct secret (alternatives: box, key)",
        "probe module(\"three\").function(\"shut_box\") { println($x) } | unable to find local 'x' in shut_box; the module 'three' comes without a description of its types",
        "probe module(\"later\").function(\"f\") { println(1) } | no match (the module 'later' is not loaded: modprobe later)",
        "probe module(\"inside\").function(\"f\") { println(1) } | no match ('inside' is no module of this kernel but a part of it)",
        "probe module(\"four\").function(\"f\") { println(1) } | no match (this kernel has no module 'four')",
        "probe module(\"one\").function(\"shut_box\") { println(1) } | no match (similar functions: open_box, __traceiter_opened)",
        "probe begin { println(@cast(1, \"secret\", \"one\")->key, @cast(1, \"secret\", \"two\")->text[0]) } | -",
        "probe begin { println(@cast(1, \"secret\", \"kernel:two\")->other->text[0]) } | -",
        "probe begin { println(@cast(1, \"box\", \"two\")->count, @cast(1, \"box\", \"kernel<box.h><lid.h>\")->count) } | -",
        "probe begin { a = &@cast(1, \"secret\", \"one\"); b = &@cast(1, \"secret\", \"two\"); println(a->key, b->other->text[0]) } | -",
        "function f(x) { return @cast(x, \"secret\", \"two\")->other } probe module(\"one\").function(\"open_box\") { println(f($secret)->text[0]) } | -",
        "probe begin { println(@cast(1, \"secret\")->key) } | =`kernel`; the module 'one' has it: @cast(…, \"secret\", \"one\")",
        "probe begin { println(@cast(1, \"secret\", \"kernel\")->key) } | =`kernel`; the module 'one' has it: @cast(…, \"secret\", \"one\")",
        "probe begin { println(@cast(1, \"secret\", \"later\")->key) } | =`later`; the module 'later' is not loaded: modprobe later",
        "probe begin { println(@cast(1, \"secret\", \"three\")->key) } | =`three`; the module 'three' comes without a description of its types",
        "probe begin { println(@cast(1, \"secret\", \"kernel:four\")->key) } | =`kernel:four`; this kernel has no module 'four'",
        "probe begin { println(@cast(1, \"secret\", \"<secret.h>\")->key) } | =`<secret.h>`; headers are not compiled: of a header only the kernel's types are known, as \"kernel<secret.h>\"",
        "probe begin { println(@cast(1, \"secret\", \"/bin/two\")->text[0]) } | =`/bin/two`; types of programs are known only from debuginfo, which is not supported yet",
        "probe begin { println(@cast(1, \"secret\", \"../vmlinux\")->text[0]) } | =`../vmlinux`; types of programs are known only from debuginfo, which is not supported yet",
        "probe begin { println(@defined(@cast(1, \"secret\")->key) ? @cast(1, \"secret\")->key : 0) } | -",
      })
  void saysWhatIsWrong(String script, String expected) throws Exception {
    AnalysisInput input = new AnalysisInput(ModuleMachine.target(), Path.of("/usr/bin"));
    List<String> found =
        Analyzer.analyze(Scripts.parseValid(script), input).diagnostics().stream()
            .filter(Diagnostic::isError)
            .flatMap(
                error ->
                    Stream.concat(
                        Stream.of(error.message()), error.notes().stream().map(Note::message)))
            .filter(message -> !message.equals("while resolving probe point"))
            .toList();
    String wanted = expected.replaceFirst("^=`(.*)`", UNKNOWN.replace("$", "\\$") + "'$1'");
    assertThat(String.join("; ", found)).isEqualTo(wanted.equals("-") ? "" : wanted);
  }
}
