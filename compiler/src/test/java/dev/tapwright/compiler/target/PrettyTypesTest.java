package dev.tapwright.compiler.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapwright.compiler.analysis.SemanticSummaryPrinter;
import dev.tapwright.compiler.analysis.SemanticSummaryPrinter.Bodies;
import dev.tapwright.compiler.analysis.SemanticSummaryPrinter.Runtime;
import dev.tapwright.compiler.driver.Compilation;
import dev.tapwright.compiler.driver.CompilerDriver;
import dev.tapwright.compiler.driver.CompilerSettings;
import dev.tapwright.syntax.SourceText;
import dev.tapwright.syntax.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How {@code $x$} shows values of each C type: what SystemTap 4.8 prints with {@code -p2 -v} of a
 * kernel that has these types.
 */
class PrettyTypesTest {
  private static final String TYPES =
      """
      struct inner { int a; short b; char name[12]; };
      enum color { RED, GREEN = 5 };
      struct opaque;
      typedef char mychar;
      struct outer {
        unsigned f1 : 3; signed f2 : 5; unsigned long f3 : 40;
        struct inner in; struct inner *pin; enum color c; const char *str; int arr[4]; char grid[2][3];
        union { int i; char b[4]; } u; _Bool flag; double d; unsigned char uc; void (*fn)(int);
        union { int ai; long al; }; struct { int s1; char s2[3]; }; struct inner ins[2]; int *ip; char **cpp;
        void *vp; void **vpp; __int128 big; int flex0[0]; unsigned char ub[4]; mychar *mcp; int : 5; int last;
      };
      struct rest { struct inner *pa[2]; int m2[2][3]; struct opaque *op; double dd[2]; void (*fns[2])(void);
        struct {} e; int ***ippp; struct inner **pp; struct { struct { struct { struct { int y; } d; } c; } b; } a; char fl[]; };
      struct exact { int v[2]; int a0,a1,a2,a3,a4,a5,a6,a7,a8,a9,b0,b1,b2,b3,b4,b5,b6,b7,b8,b9,c0,c1,c2,c3,c4,c5,c6,c7,c8,c9,d0; };
      struct lots { int v[2]; int a0,a1,a2,a3,a4,a5,a6,a7,a8,a9,b0,b1,b2,b3,b4,b5,b6,b7,b8,b9,c0,c1,c2,c3,c4,c5,c6,c7,c8;
        struct inner in; struct inner in2; };
      struct bits { char a : 3; unsigned char b : 2; signed char c; _Bool d : 1; enum color e : 4; };
      int f(struct outer *o, struct rest *r, struct exact *e, struct lots *l, struct bits *b) { return 1; }
      """;

  private static final Pattern PRINTED =
      Pattern.compile("println\\((?:sprintf\\()?\"((?:[^\"\\\\]|\\\\.)*)\"");

  @TempDir static Path root;

  @BeforeAll
  static void compileTypes() throws IOException, InterruptedException {
    Path source = Files.writeString(root.resolve("types.c"), TYPES);
    Path object = root.resolve("types.o");
    Path folder = Files.createDirectories(root.resolve("sys/kernel/btf"));
    run("/usr/bin/cc", "-gbtf", "-c", "-o", object.toString(), source.toString());
    run(
        "/usr/bin/objcopy",
        "--dump-section",
        ".BTF=" + folder.resolve("vmlinux"),
        object.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of(command[0])), "needs " + command[0]);
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    assumeTrue(status == 0, "needs a compiler that writes BTF");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "outer$ | {.f1=%u, .f2=%i, .f3=%u, .in={...}, .pin=%p, .c=%u, .str=%s, .arr=[...], .grid=[...], .u={...}, .flag=%i, .d=?, .uc='%#c', .fn=%p, <union>={...}, <class>={...}, .ins=[...], .ip=%p, .cpp=%p, .vp=%p, .vpp=%p, .big=?, .flex0=[...], .ub=[...], .mcp=%s, .last=%i}",
        "outer$$ | {.f1=%u, .f2=%i, .f3=%u, .in={.a=%i, .b=%i, .name=%s}, .pin=%p, .c=%u, .str=%s, .arr=[%i, ...], .grid=%s, .u={.i=%i, .b=%s}, .flag=%i, .d=?, .uc='%#c', .fn=%p, <union>={.ai=%i, .al=%i}, <class>={.s1=%i, .s2=%s}, .ins=[{.a=%i, .b=%i, .name=%s}, ...], .ip=%p, .cpp=%p, .vp=%p, .vpp=%p, .big=?, .flex0=[%i, ...], .ub=%s, .mcp=%s, .last=%i}",
        "outer->in$ | {.a=%i, .b=%i, .name=[...]}",
        "outer->in$$ | {.a=%i, .b=%i, .name=%s}",
        "outer->pin$$ | {.a=%i, .b=%i, .name=%s}",
        "outer->in->name$ | %s",
        "outer->c$ | %u",
        "outer->str$ | %s",
        "outer->mcp$ | %s",
        "outer->arr$ | [%i, ...]",
        "outer->flex0$ | [%i, ...]",
        "outer->grid$ | %s",
        "outer->ins$ | [{...}, ...]",
        "outer->u$ | {.i=%i, .b=[...]}",
        "outer->uc$ | '%#c'",
        "outer->d$ | ?",
        "outer->big$ | ?",
        "outer->f2$ | %i",
        "outer->fn$ | <function>:%p",
        "outer->ip$ | %i",
        "outer->cpp$ | %s",
        "outer->vp$ | %p",
        "outer->vpp$ | %p",
        "rest$$ | {.pa=[%p, ...], .m2=[%i, ...], .op=%p, .dd=[?, ...], .fns=[%p, ...], .e={}, .ippp=%p, .pp=%p, .a={.b={.c={.d={.y=%i}}}}, .fl=%s}",
        "rest->m2$ | [%i, ...]",
        "rest->m2[4]$ | %i",
        "rest->m2[1]$ | %i",
        "rest->m2[1][2]$ | %i",
        "outer->grid[4]$ | '%#c'",
        "outer->grid[1][2]$ | '%#c'",
        "rest->pa[1]$ | {.a=%i, .b=%i, .name=[...]}",
        "outer[2]->in$ | {.a=%i, .b=%i, .name=[...]}",
        "bits$ | {.a=%i, .b=%u, .c='%#c', .d=%i, .e=%u}",
        "bits->a$ | %i",
        "rest->pa$$ | [%p, ...]",
        "rest->op$ | {...}",
        "rest->e$ | {}",
        "rest->ippp$ | %i",
        "rest->pp$ | {.a=%i, .b=%i, .name=[...]}",
        "rest->fl$ | %s",
        "exact$$ | {.v=[%i, ...], .a0=%i, .a1=%i, .a2=%i, .a3=%i, .a4=%i, .a5=%i, .a6=%i, .a7=%i, .a8=%i, .a9=%i, .b0=%i, .b1=%i, .b2=%i, .b3=%i, .b4=%i, .b5=%i, .b6=%i, .b7=%i, .b8=%i, .b9=%i, .c0=%i, .c1=%i, .c2=%i, .c3=%i, .c4=%i, .c5=%i, .c6=%i, .c7=%i, .c8=%i, .c9=%i, .d0=%i}",
        "lots$$ | {.v=[%i, ...], .a0=%i, .a1=%i, .a2=%i, .a3=%i, .a4=%i, .a5=%i, .a6=%i, .a7=%i, .a8=%i, .a9=%i, .b0=%i, .b1=%i, .b2=%i, .b3=%i, .b4=%i, .b5=%i, .b6=%i, .b7=%i, .b8=%i, .b9=%i, .c0=%i, .c1=%i, .c2=%i, .c3=%i, .c4=%i, .c5=%i, .c6=%i, .c7=%i, .c8=%i, .in={.a=%i, .b=%i, ...}, ...}",
      })
  void areShownAsSystemTapShowsThem(String expression, String text) {
    int end = expression.split("[-\\[$]", 2)[0].length();
    String type = expression.substring(0, end);
    String rest = expression.substring(end);
    assertThat(printed("println(@cast(1, \"%s\")%s)".formatted(type, rest))).isEqualTo(text);
    if (rest.startsWith("->")) {
      assertThat(printed("t = &@cast(1, \"%s\"); println(t%s)".formatted(type, rest)))
          .isEqualTo(text);
    }
  }

  /** The format of what a handler prints. */
  private static String printed(String handler) {
    Compilation compilation =
        CompilerDriver.compile(
            new SourceText("a.stp", "probe begin { %s }\n".formatted(handler)),
            CompilerSettings.defaults(),
            LiveTarget.open(root));
    assertThat(compilation.analysis().diagnostics()).filteredOn(Diagnostic::isError).isEmpty();
    String bodies =
        SemanticSummaryPrinter.print(
            compilation.analysis().program().orElseThrow(), Runtime.BPF, Bodies.SIMPLIFIED);
    Matcher printed = PRINTED.matcher(bodies);
    assertThat(printed.find()).as(bodies).isTrue();
    return printed.group(1);
  }
}
