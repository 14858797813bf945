package dev.drillbook.report;

import dev.drillbook.report.Svg.Anchor;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Tick;
import java.time.Duration;
import java.util.Locale;

/**
 * Rows of bars over one scale of time: each row has its label on the left and its text beside its
 * bar, so that a bar of a pixel is as readable as a long one and no label can meet another.
 */
final class Panel {
  static final int PICTURE = 1200;
  static final double LEFT = 216;
  static final double RIGHT = 190;
  static final double ROW = 19;
  static final double GLYPH = 6.4;
  private static final double BAR = 11;
  private static final double LEAST = 2;

  private final Svg svg;
  private final TimeScale scale;
  private double y;

  Panel(Svg svg, Tick from, Tick to, double top) {
    this.svg = svg;
    this.scale = new TimeScale(from, to, LEFT, PICTURE - LEFT - RIGHT);
    this.y = top;
  }

  TimeScale scale() {
    return scale;
  }

  /** The y at which the next row begins. */
  double bottom() {
    return y;
  }

  void skip(double height) {
    y += height;
  }

  void label(String text) {
    svg.text(LEFT - 10, y + 14, Anchor.END, "label", fit(text, LEFT - 18));
  }

  /** Draws a bar in the current row. */
  void bar(Tick from, Tick to, String style, String tooltip) {
    double x = scale.x(from);
    double width = Math.max(LEAST, scale.x(to) - x);
    svg.rect(x, y + 4, width, BAR, "bar " + style, tooltip);
  }

  /** Draws a diamond in the current row: something that takes no time. */
  void diamond(Tick at, String style, String tooltip) {
    double x = scale.x(at);
    String data = String.format(Locale.ROOT, "M%.1f %.1fl5 5.5l-5 5.5l-5 -5.5z", x, y + 4);
    svg.path(data, "bar " + style, tooltip);
  }

  /** Puts {@code text} beside the bar from {@code from} to {@code to}, on the side with room. */
  void beside(Tick from, Tick to, String text) {
    double start = scale.x(from) - 6;
    double end = Math.max(scale.x(to), scale.x(from) + LEAST) + 6;
    double roomRight = PICTURE - 8 - end;
    double roomLeft = start - LEFT;
    if (widthOf(text) <= roomRight || roomRight >= roomLeft) {
      svg.text(end, y + 14, Anchor.START, "value", fit(text, roomRight));
    } else {
      svg.text(start, y + 14, Anchor.END, "value", fit(text, roomLeft));
    }
  }

  /** Puts {@code text} at {@code at}, in a row without a bar. */
  void text(Tick at, String text) {
    svg.text(scale.x(at), y + 14, Anchor.START, "value", fit(text, PICTURE - 8 - scale.x(at)));
  }

  void nextRow() {
    y += ROW;
  }

  /** Shades a stretch of time from {@code top} to the current row, behind the bars. */
  void shade(Tick from, Tick to, double top) {
    double x = scale.x(from);
    svg.behind(x, top, Math.max(LEAST, scale.x(to) - x), y - top, "outage");
  }

  /** The axis below the rows, in time since {@code origin}. */
  void axis(Tick origin, String unit) {
    svg.line(scale.left(), y + 3, scale.right(), y + 3, "axis");
    for (Tick mark : scale.marks(origin, 11)) {
      double x = scale.x(mark);
      svg.line(x, y + 3, x, y + 8, "axis");
      long nanos = mark.nanos() - origin.nanos();
      String text = DurationText.of(Duration.ofNanos(Math.abs(nanos)));
      svg.text(x, y + 20, Anchor.MIDDLE, "mark", (nanos < 0 ? "−" : "+") + text);
    }
    svg.text(LEFT - 40, y + 20, Anchor.END, "mark", unit);
    y += 30;
  }

  static double widthOf(String text) {
    return text.codePointCount(0, text.length()) * GLYPH;
  }

  /** As much of {@code text} as fits into {@code width}, with an ellipsis where it does not. */
  static String fit(String text, double width) {
    String line = text.strip().replaceAll("\\s+", " ");
    int most = Math.max(1, (int) (width / GLYPH));
    if (line.codePointCount(0, line.length()) <= most) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, most - 1)).stripTrailing() + "…";
  }
}
