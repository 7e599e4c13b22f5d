package dev.tapwright.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the run time reads from the kernel and from the user. */
class RuntimeTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"ls -l /tmp", "echo 'a;b' \"c|d\" e\\;f", "echo \"it's\""})
  void knowsOneCommand(String command) {
    assertThat(TargetCommand.isOneCommand(command)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a; b", "a | b", "a > b", "(a)", "echo \"it's\" ; b", "a\nb"})
  void knowsWhatOnlyAShellCanRun(String command) {
    assertThat(TargetCommand.isOneCommand(command)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0,'[0]'", "0-3,'[0, 1, 2, 3]'", "'0-1,4,6-7','[0, 1, 4, 6, 7]'"})
  void readsListsOfProcessors(String list, String processors) {
    assertThat(Processors.parse(list)).hasToString(processors);
  }

  @ParameterizedTest
  @CsvSource({
    "4.14.336, '#1 SMP', 4.14.255",
    "4.19.0-21-amd64, '#1 SMP Debian 4.19.249-2 (2022-06-30)', 4.19.249",
    "6.18.44-fc, '#1 SMP', 6.18.44",
    "unknown, '', 0.0.0"
  })
  void findsTheVersionCode(String release, String build, String version) {
    int code = RunningKernel.versionCode(release, build);
    assertThat((code >> 16) + "." + (code >> 8 & 255) + "." + (code & 255)).isEqualTo(version);
  }

  @Test
  void wordsErrorsAsTheCLibraryDoes() {
    assertThat(ErrorNumber.describe(22)).isEqualTo("Invalid argument");
    assertThat(ErrorNumber.describe(7)).isEqualTo("Argument list too long");
    assertThat(ErrorNumber.describe(131)).isEqualTo("Unknown error 131");
  }
}
