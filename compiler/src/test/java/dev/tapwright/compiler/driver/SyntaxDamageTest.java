package dev.tapwright.compiler.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.analysis.Marks;
import dev.tapwright.compiler.target.FixedTarget;
import dev.tapwright.compiler.target.KernelProfile;
import dev.tapwright.compiler.target.KernelVersion;
import dev.tapwright.syntax.SourceText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is said that a mistake of syntax may have caused; what it cannot have caused is. */
class SyntaxDamageTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        probe begin { println(x y) } //! error: expected one of ', )'
        """,
        """
        probe begin {
          printf("%d %d\\n", pid() tid()) //! error: expected one of ', )'
          println("a" + 1) //! error: type mismatch: expected long but found string
        }
        """,
        """
        # A statement is spoilt though its mistake shows in the next line.
        probe begin {
          x = 1 +
          } //! error: expected literal string or number
        probe end {
          println(strlen(1)) //! error: type mismatch: expected string but found long
        }
        """,
        """
        # A variable lacks the assignment that told its type, an array the use that told its arity.
        global a
        probe begin {
          n = 1 +
        ; //! error: expected literal string or number
          println(n)
          a[1, 2 3] = 1 //! error: expected one of '] ,'
          println(a[1, 2])
        }
        """,
        """
        # Any name may lack its declaration.
        global counts,
        probe begin { //! error: expected identifier
          counts[1]++; println(strlen("a")); f(1); s <<< 1 }
        probe end { return_address = 1; println("a" + 1) } //! error: type mismatch: expected long but found string
        """,
        """
        function f(a b) { return a } //! error: expected ',' or ')'
        probe begin { println(f(1, 2)) }
        """,
        """
        # What holds elsewhere is said, be it of a name that is nowhere.
        probe begin {
          if (1 { println("one") } //! error: expected ')'
        }
        probe end { println(nowhere(1)) } //! error: unresolved function nowhere (similar: __short, assert, caller, callers, modname)
        """,
      })
  void isNotEchoed(String script) {
    Compilation compilation =
        CompilerDriver.compile(
            new SourceText("a.stp", script),
            CompilerSettings.defaults(),
            FixedTarget.of(KernelProfile.ofVersion(KernelVersion.parse("6.18").orElseThrow())));
    assertThat(Marks.found(script, compilation.diagnostics()))
        .containsExactlyElementsOf(Marks.expected(script));
  }
}
