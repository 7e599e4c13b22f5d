package dev.tapwright.compiler.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.target.KernelSymbols.KernelSymbol;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class KallsymsSymbolsTest {
  private static final String LISTING =
      """
      ffffffff81000000 T _stext
      ffffffff81000000 T _text
      ffffffff81000100 t __pfx_vfs_read
      ffffffff81000110 T vfs_read
      ffffffff81000200 t vfs_read.cold
      ffffffff81000300 W vfs_write
      ffffffff81000400 t helper
      ffffffff81000500 t helper
      ffffffff81000600 T _sinittext
      ffffffff81000600 t vfs_start
      ffffffff81000700 T _einittext
      ffffffff81000800 t exit_late
      ffffffff82000000 D vfs_data
      ffffffffc0001000 t ext_read\t[ext4]
      ffffffffc0000800 t ext_open\t[jbd2]
      ffffffffc0000900 t exit_late\t[jbd2]
      ffffffffc0203000 t bpf_prog_6deef7357e7b4530\t[bpf]
      ffffffffc0203000 t ftrace_trampoline\t[__builtin__ftrace]
      """;

  private final KernelSymbols symbols = parse(LISTING);

  @Test
  void findsFunctionsByName() {
    assertThat(symbols.function("vfs_read"))
        .contains(
            new KernelSymbol(
                "vfs_read", OptionalLong.of(0xffff_ffff_8100_0110L), Optional.empty()));
    assertThat(symbols.function("ext_read").flatMap(KernelSymbol::module)).contains("ext4");
    assertThat(symbols.function("helper").map(KernelSymbol::address))
        .contains(OptionalLong.of(0xffff_ffff_8100_0400L));
    assertThat(symbols.function("exit_late")).isPresent();
    assertThat(symbols.textStart()).hasValue(0xffff_ffff_8100_0000L);
  }

  @Test
  void findsTheSameNameInTheKernelAndInModules() {
    assertThat(symbols.functionsMatching("exit_late").stream().map(KernelSymbol::module))
        .containsExactly(Optional.empty(), Optional.of("jbd2"));
  }

  @Test
  void leavesOutWhatIsNoFunction() {
    for (String name :
        new String[] {
          "__pfx_vfs_read",
          "vfs_read.cold",
          "vfs_data",
          "vfs_start",
          "_sinittext",
          "ftrace_trampoline",
          "bpf_prog_6deef7357e7b4530"
        }) {
      assertThat(symbols.function(name)).as(name).isEmpty();
    }
  }

  @Test
  void listsMatchesByAddressAndEachNameOnce() {
    assertThat(symbols.functionsMatching("*_[ro]*").stream().map(KernelSymbol::name))
        .containsExactly("vfs_read", "ext_open", "ext_read");
    assertThat(symbols.functionsMatching("helper")).hasSize(1);
    assertThat(symbols.functionsMatching("nothing*")).isEmpty();
  }

  @Test
  void hiddenAddressesAreAbsent() {
    KernelSymbols hidden = parse(LISTING.replaceAll("(?m)^[0-9a-f]{16}", "0000000000000000"));
    assertThat(hidden.textStart()).isEmpty();
    assertThat(hidden.function("vfs_read"))
        .contains(new KernelSymbol("vfs_read", OptionalLong.empty(), Optional.empty()));
    assertThat(hidden.functionsMatching("vfs_*")).hasSize(2);
  }

  @Test
  void anythingElseHasNoSymbols() {
    for (String text :
        new String[] {
          "", "\n", "zzz", "ffff", "ffff T", "ffff T ", "ffff T \n", "ffffTx", "\0\0\0"
        }) {
      assertThat(parse(text).functionsMatching("*")).as(text).isEmpty();
    }
    assertThat(parse("ff T x").functionsMatching("*")).hasSize(1);
  }

  private static KernelSymbols parse(String text) {
    return KallsymsSymbols.parse(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
