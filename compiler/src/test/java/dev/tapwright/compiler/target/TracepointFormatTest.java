package dev.tapwright.compiler.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapwright.compiler.target.Tracepoints.Field;
import org.junit.jupiter.api.Test;

/** The fields of a record as tracefs describes them. */
class TracepointFormatTest {
  @Test
  void areReadWithTheirPlaces() {
    String format =
        """
        name: something
        ID: 12
        format:
        \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;

        \tfield:char prev_comm[16];\toffset:8;\tsize:16;\tsigned:0;
        \tfield:pid_t prev_pid;\toffset:24;\tsize:4;\tsigned:1;
        \tfield:const char * filename;\toffset:32;\tsize:8;\tsigned:0;
        \tfield:__data_loc char[] name;\toffset:40;\tsize:4;\tsigned:0;
        \tfield:damaged

        print fmt: "%s", REC->name
        """;
    assertThat(TracepointFormat.parse(format))
        .containsExactly(
            new Field("prev_comm", "char[16]", 8, 16, false),
            new Field("prev_pid", "pid_t", 24, 4, true),
            new Field("filename", "const char *", 32, 8, false),
            new Field("name", "__data_loc char[]", 40, 4, false));
  }

  @Test
  void noneAreInOtherText() {
    assertThat(TracepointFormat.parse("")).isEmpty();
    assertThat(TracepointFormat.parse("field:;offset:;size:;\nfield:x offset:1")).isEmpty();
  }
}
