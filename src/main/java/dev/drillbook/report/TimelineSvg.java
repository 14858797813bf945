package dev.drillbook.report;

import dev.drillbook.objective.ObjectiveResult;
import dev.drillbook.report.Svg.Anchor;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Tick;
import dev.drillbook.timeline.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A drill as one picture: the verdict in words, the whole drill, and the outage enlarged. It needs
 * nothing but itself to be shown, and stays small however long the drill was.
 */
public final class TimelineSvg {
  private static final int MOST_FINDINGS = 4;
  private static final double MARGIN = 20;
  private static final double BOLD_SHRINK = 0.84;
  private static final double TITLE_SHRINK = 0.5;
  private static final double WIDTH_OF_TEXT = Panel.PICTURE - 2 * MARGIN;
  private static final String CSS =
      """
      text { font-family: Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif; font-size: 12px; fill: #1f2933; }
      .paper { fill: #ffffff; }
      .title { font-size: 20px; font-weight: bold; }
      .badge { font-size: 16px; font-weight: bold; fill: #ffffff; }
      .PASS { fill: #1a7f37; } .FAIL { fill: #b42318; } .UNKNOWN { fill: #8a5a00; }
      .heading { font-size: 14px; font-weight: bold; }
      .strong { font-weight: bold; }
      .label { fill: #3e4c59; }
      .value { paint-order: stroke; stroke: #ffffff; stroke-width: 3px; stroke-linejoin: round; }
      .mark, .legend { font-size: 11px; fill: #616e7c; }
      .axis { stroke: #9aa5b1; stroke-width: 1; }
      .grid { stroke: #e4e7eb; stroke-width: 1; }
      .clock { stroke: #334e68; stroke-width: 1; stroke-dasharray: 3 2; }
      .bracket { stroke: #b42318; stroke-width: 1.5; fill: none; }
      .outage { fill: #fde8e6; }
      .bar { stroke: #ffffff; stroke-width: 0.5; }
      .calm { fill: #829ab1; } .trouble { fill: #d64545; } .repair { fill: #d9822b; }
      .judge { fill: #6b5fb5; } .backup { fill: #2b7a9b; } .bad { fill: #b42318; }
      .lost { fill: #b42318; } .back { fill: #f0b4ae; } .must { fill: #2b7a9b; } .mustnot { fill: #ffffff; stroke: #2b7a9b; stroke-width: 1.5; }
      .up { fill: #3fa45b; } .down { fill: #c62f21; }
      """;

  private TimelineSvg() {}

  /** The SVG document. */
  public static String of(DrillRecord record) {
    Svg svg = new Svg();
    double y = header(svg, record);
    y = OverviewPanel.draw(svg, record, y + 14);
    y = OutagePanel.draw(svg, record, y + 22);
    y = legend(svg, y + 16);
    return svg.document(
        Panel.PICTURE, y + 14, CSS, "DR drill " + record.name() + ": " + record.verdict());
  }

  private static double header(Svg svg, DrillRecord record) {
    double badge = 24 + 11.5 * record.verdict().name().length();
    svg.rect(MARGIN, 16, badge, 28, record.verdict().name(), "");
    svg.text(MARGIN + badge / 2, 36, Anchor.MIDDLE, "badge", record.verdict().name());
    String title = record.plan().title() + ": " + record.scenario().title();
    double x = MARGIN + badge + 14;
    svg.text(
        x,
        37,
        Anchor.START,
        "title",
        Panel.fit(title, (Panel.PICTURE - MARGIN - x) * TITLE_SHRINK));
    double y = line(svg, 62, "", subtitle(record));
    for (ObjectiveResult result : record.objectives()) {
      y = line(svg, y, result.verdict() == Verdict.PASS ? "" : "strong", objective(result));
    }
    Optional<String> latency = ProbeLatency.line(record);
    if (latency.isPresent()) {
      y = line(svg, y, "", latency.get());
    }
    List<Finding> findings = record.findings();
    for (Finding finding : findings.stream().limit(MOST_FINDINGS).toList()) {
      y = line(svg, y, "strong " + finding.verdict(), finding(finding));
    }
    int more = findings.size() - MOST_FINDINGS;
    return more <= 0 ? y : line(svg, y, "strong", "and " + more + " more");
  }

  private static double line(Svg svg, double y, String style, String text) {
    svg.text(
        MARGIN,
        y,
        Anchor.START,
        style,
        Panel.fit(text, WIDTH_OF_TEXT * (style.isEmpty() ? 1 : BOLD_SHRINK)));
    return y + 18;
  }

  private static String subtitle(DrillRecord record) {
    return record.name()
        + "  |  "
        + record.scenario().severity()
        + "  |  site "
        + record.site()
        + "  |  started "
        + UtcText.of(record)
        + ", took "
        + DurationText.of(record.ended().since(new Tick(0)))
        + "  |  drill "
        + record.id();
  }

  private static String objective(ObjectiveResult result) {
    return result.objective()
        + " "
        + result.verdict()
        + ": "
        + result.measured().map(DurationText::of).orElse("not measured")
        + ", target "
        + DurationText.of(result.target());
  }

  private static String finding(Finding finding) {
    return finding.verdict()
        + "  "
        + finding.subject()
        + ": expected "
        + finding.expected()
        + "; found "
        + finding.found();
  }

  private static double legend(Svg svg, double y) {
    String words =
        List.of(
                "probes: low and green = succeeded, tall and red = failed, empty = none",
                "filled diamond = must come back, hollow = must not",
                "rose = outage",
                "bars are at least two pixels wide, their text is exact")
            .stream()
            .collect(Collectors.joining("   |   "));
    svg.text(MARGIN, y, Anchor.START, "legend", words);
    return y;
  }
}
