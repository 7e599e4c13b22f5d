package dev.tapwright.tests.benchmark;

import java.util.Locale;

/** Scripts of a given length: functions, handlers of every placement, arrays, formats, comments. */
final class Scripts {
  private Scripts() {}

  /** About so many lines, ten a group, of about 28 characters each. */
  static String ofLines(int lines) {
    StringBuilder text = new StringBuilder("global counts, names, total\nglobal times\n");
    for (int i = 0; (i + 1) * 12 + 2 <= lines; i++) {
      text.append(
          String.format(
              Locale.ROOT,
              """
              // The share of a part in percent, and %1$d more.
              function share%1$d(part, whole) {
                if (whole == 0) return 0
                return part * 100 / whole + %1$d
              }
              probe timer.s(%2$d) {
                counts[pid(), %1$d]++
                names[tid()] = execname() . "-%1$d"
                total += share%1$d(total, counts[pid(), %1$d] + 1)
                times <<< gettimeofday_us() - total
                foreach ([p, k] in counts- limit %2$d) printf("%%d %%d %%s\\n", p, k, names[p])
              }
              """,
              i,
              i + 1));
    }
    return text.append("probe end { printf(\"%d %d\\n\", total, @count(times)) }\n").toString();
  }

  /** The same with a macro in most lines. */
  static String ofMacros(int lines) {
    StringBuilder text =
        new StringBuilder(
            "global counts, total\n@define key(x) %( pid(), @x %)\n@define add(a, b) %( (@a + @b) %)\n"
                + "@define share(part, whole) %( (@whole ? @add(@part, 1) * 100 / @whole : 0) %)\n");
    for (int i = 0; (i + 1) * 5 + 5 <= lines; i++) {
      text.append(
          String.format(
              Locale.ROOT,
              """
              probe timer.s(%2$d) {
                counts[@key(%1$d)] += @share(total, @add(counts[@key(%1$d)], %1$d))
                total = @add(@share(total, %2$d), @add(1, 2))
                if (@share(total, 5) > 3) println(@add(total, 4))
              }
              """,
              i,
              i + 1));
    }
    return text.toString();
  }
}
