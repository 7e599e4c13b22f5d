package dev.tapwright.compiler.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.machine.Limits;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of {@code -D} are the same in both placements. */
class LimitsTest {
  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 2, 24, 512, 65_536, Long.MAX_VALUE})
  void agree(long value) {
    Map<String, Long> settings = Map.of("MAXSTRINGLEN", value, "MAXMAPENTRIES", value);
    KernelCompilerOptions kernel = KernelCompilerOptions.of(settings);
    Limits user = Limits.of(settings, 1);
    assertThat(kernel.maximumStringLength()).isEqualTo(user.stringLength() + 1);
    assertThat(kernel.maximumMapEntries()).isEqualTo(user.mapEntries());
  }
}
