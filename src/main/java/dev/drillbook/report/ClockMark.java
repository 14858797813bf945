package dev.drillbook.report;

import dev.drillbook.objective.EightClocks;
import dev.drillbook.report.Svg.Anchor;
import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Tick;
import java.util.Comparator;
import java.util.List;

/**
 * One of the eight clocks as a labelled vertical line. The labels form a staircase, the earliest on
 * top: a later line begins below every earlier label and to its right, so that none is ever
 * crossed, however close the clocks are.
 */
record ClockMark(String name, Tick at) {
  static final double HEIGHT = 15;

  /** The clocks that came, by time. */
  static List<ClockMark> of(EightClocks clocks) {
    return clocks.byName().entrySet().stream()
        .filter(clock -> clock.getValue().isPresent())
        .map(clock -> new ClockMark(clock.getKey(), clock.getValue().get()))
        .sorted(Comparator.comparing(ClockMark::at))
        .toList();
  }

  /** Draws the labels from {@code top} on and their lines down to {@code bottom}. */
  static void draw(
      Svg svg,
      TimeScale scale,
      DrillClock clock,
      List<ClockMark> marks,
      double top,
      double bottom) {
    Tick first = marks.get(0).at();
    for (int i = 0; i < marks.size(); i++) {
      ClockMark mark = marks.get(i);
      double x = scale.x(mark.at());
      double y = top + i * HEIGHT;
      svg.line(x, y + 3, x, bottom, "clock");
      String time =
          i == 0
              ? UtcText.time(clock.wall(mark.at())) + " UTC"
              : "+" + DurationText.of(mark.at().since(first));
      svg.text(x + 4, y + 12, Anchor.START, "value", mark.name() + "  " + time);
    }
  }
}
