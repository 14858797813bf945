package dev.drillbook.report;

import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.ProbeResult;
import java.util.Arrays;
import java.util.List;

/**
 * Probe results as a strip: low where the probes of a moment succeeded, tall where any of them
 * failed. Its size depends on the picture's width, not on the number of probes.
 */
final class ProbeStrip {
  private static final double BUCKET = 2;

  private enum Look {
    NONE,
    OK,
    FAILED
  }

  private ProbeStrip() {}

  static void draw(Svg svg, TimeScale scale, List<ProbeResult> probes, double y) {
    Look[] looks = looks(scale, probes);
    int from = 0;
    for (int i = 1; i <= looks.length; i++) {
      if (i == looks.length || looks[i] != looks[from]) {
        run(svg, scale.left() + from * BUCKET, (i - from) * BUCKET, looks[from], y);
        from = i;
      }
    }
  }

  /** In words what the strip shows, e.g. "148 of 912 failed". */
  static String summary(List<ProbeResult> probes) {
    long failed = probes.stream().filter(probe -> !probe.ok()).count();
    return probes.isEmpty() ? "no probe ran" : failed + " of " + probes.size() + " failed";
  }

  private static Look[] looks(TimeScale scale, List<ProbeResult> probes) {
    Look[] looks = new Look[(int) Math.ceil(scale.width() / BUCKET)];
    Arrays.fill(looks, Look.NONE);
    int before = -1;
    long sequence = -1;
    for (ProbeResult probe : probes) {
      Tick due = probe.due();
      if (due.isBefore(scale.from()) || due.isAfter(scale.to())) {
        before = -1;
        continue;
      }
      int bucket = Math.min(looks.length - 1, (int) ((scale.x(due) - scale.left()) / BUCKET));
      Look look = probe.ok() ? Look.OK : Look.FAILED;
      // Where the picture is finer than the probes, a result holds until the next one is due.
      if (before >= 0 && probe.sequence() == sequence + 1) {
        for (int gap = before + 1; gap < bucket; gap++) {
          looks[gap] = looks[before];
        }
      }
      looks[bucket] = looks[bucket] == Look.FAILED ? Look.FAILED : look;
      before = bucket;
      sequence = probe.sequence();
    }
    return looks;
  }

  private static void run(Svg svg, double x, double width, Look look, double y) {
    switch (look) {
      case NONE -> {}
      case OK -> svg.rect(x, y + 10, width, 6, "up", "");
      case FAILED -> svg.rect(x, y + 3, width, 13, "down", "");
    }
  }
}
