package dev.tapwright.compiler.machine;

/**
 * Draws histograms as SystemTap does.
 *
 * <pre>
 * value |-------------------------------------------------- count
 *     0 |@@@@                                               4
 * </pre>
 */
public final class HistogramRenderer {
  private static final int BAR = 50;

  /**
   * How many empty rows are shown around others; {@code HIST_ELISION}. A longer run of them is a
   * {@code ~}.
   */
  private static final int SHOWN_AROUND = 2;

  private HistogramRenderer() {}

  /** The drawing; it ends in an empty line. Nothing when all buckets are empty. */
  public static String render(HistogramShape shape, long[] counts) {
    int first = 0;
    int last = counts.length - 1;
    while (first <= last && counts[first] == 0) {
      first++;
    }
    while (last >= first && counts[last] == 0) {
      last--;
    }
    if (first > last) {
      return "";
    }
    if (shape.isLinear()) {
      // All rows are shown, but those for what is too little and too much only when there is some.
      first = Math.min(first, 1);
      last = Math.max(last, counts.length - 2);
    } else {
      first = Math.max(first - SHOWN_AROUND, 0);
      last = Math.min(last + SHOWN_AROUND, counts.length - 1);
    }
    return draw(shape, counts, first, last);
  }

  private static String draw(HistogramShape shape, long[] counts, int first, int last) {
    long most = 0;
    int labelWidth = "value".length();
    for (int i = first; i <= last; i++) {
      most = Math.max(most, counts[i]);
      labelWidth = Math.max(labelWidth, label(shape, i).length());
    }
    long scale = Math.max(1, (most + BAR - 1) / BAR);
    int countWidth = Long.toString(most).length();
    StringBuilder drawing = new StringBuilder();
    drawing
        .repeat(' ', labelWidth - "value".length())
        .append("value |")
        .repeat('-', BAR)
        .append(" count\n");
    int bucket = first;
    while (bucket <= last) {
      int filled = bucket;
      while (filled <= last && counts[filled] == 0) {
        filled++;
      }
      boolean isElided = filled - bucket > 2 * SHOWN_AROUND;
      int stop = isElided ? bucket + SHOWN_AROUND : Math.max(filled, bucket + 1);
      while (bucket < stop) {
        row(drawing, label(shape, bucket), labelWidth, counts[bucket], scale, countWidth);
        bucket++;
      }
      if (isElided) {
        drawing.repeat(' ', labelWidth).append(" ~\n");
        bucket = filled - SHOWN_AROUND;
        while (bucket < filled) {
          row(drawing, label(shape, bucket), labelWidth, counts[bucket], scale, countWidth);
          bucket++;
        }
      }
    }
    return drawing.append('\n').toString();
  }

  private static void row(
      StringBuilder drawing, String label, int labelWidth, long count, long scale, int countWidth) {
    int bar = (int) (count / scale);
    String number = Long.toString(count);
    drawing.repeat(' ', labelWidth - label.length()).append(label).append(" |");
    drawing
        .repeat('@', bar)
        .repeat(' ', BAR - bar + 1 + countWidth - number.length())
        .append(number)
        .append('\n');
  }

  private static String label(HistogramShape shape, int bucket) {
    if (shape.isLinear() && bucket == 0) {
      return "<" + shape.low();
    }
    return shape.isLinear() && bucket == shape.buckets() - 1
        ? ">" + shape.high()
        : Long.toString(shape.start(bucket));
  }
}
