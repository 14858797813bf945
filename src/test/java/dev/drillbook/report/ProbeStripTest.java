package dev.drillbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.ProbeResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeStripTest {
  private static final TimeScale SCALE = new TimeScale(new Tick(0), new Tick(100), 0, 20);

  @Test
  void aFailureAmongManySuccessesIsNeverHidden() {
    String strip = draw(probe(0, 50, true), probe(1, 51, false), probe(2, 52, true));

    assertThat(strip).contains("class=\"down\"").doesNotContain("class=\"up\"");
  }

  @Test
  void aResultHoldsUntilTheNextProbeIsDue() {
    assertThat(draw(probe(0, 0, true), probe(1, 90, false)))
        .contains("x=\"0.0\" y=\"10.0\" width=\"18.0\" height=\"6.0\" class=\"up\"")
        .contains("x=\"18.0\" y=\"3.0\" width=\"2.0\" height=\"13.0\" class=\"down\"");
  }

  @Test
  void aProbeThatWasNeverAnsweredLeavesAGap() {
    assertThat(draw(probe(0, 0, true), probe(2, 90, true)))
        .contains("x=\"0.0\" y=\"10.0\" width=\"2.0\"")
        .contains("x=\"18.0\" y=\"10.0\" width=\"2.0\"");
  }

  @Test
  void probesOutsideOfThePictureAreNotDrawn() {
    assertThat(draw(probe(0, 101, false))).doesNotContain("class=\"down\"");
  }

  private static String draw(ProbeResult... probes) {
    Svg svg = new Svg();
    ProbeStrip.draw(svg, SCALE, List.of(probes), 0);
    return svg.document(20, 20, "", "probes");
  }

  private static ProbeResult probe(long sequence, long due, boolean ok) {
    return new ProbeResult(sequence, new Tick(due), new Tick(due + 1), ok, ok ? "" : "refused");
  }
}
