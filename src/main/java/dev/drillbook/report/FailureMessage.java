package dev.drillbook.report;

import dev.drillbook.objective.ObjectiveResult;
import dev.drillbook.plan.Scenario;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a drill concluded, as plain text for somebody who was woken up by it: the verdict, what is
 * wrong and what to do about each, the objectives, who would have been called, and the checklist.
 */
public final class FailureMessage {

  private FailureMessage() {}

  /** The text for {@code record}; for a drill that passed it is a summary. Ends without newline. */
  public static String of(DrillRecord record) {
    StringBuilder text = new StringBuilder(headline(record));
    Scenario scenario = record.scenario();
    text.append("\n  ").append(record.plan().title()).append(": ").append(scenario.title());
    text.append("\n  ").append(scenario.severity()).append(", site ").append(record.site());
    text.append(", started ").append(UtcText.of(record)).append(", drill ").append(record.id());
    int number = 1;
    for (Finding finding : record.findings()) {
      append(text, number++, finding);
    }
    text.append("\n\nObjectives");
    if (record.objectives().isEmpty()) {
      text.append("\n  none was judged");
    }
    for (ObjectiveResult result : record.objectives()) {
      text.append("\n  ").append(objective(result));
    }
    section(text, "Escalation", EscalationText.lines(record));
    section(text, "Checklist", ChecklistText.lines(record));
    return text.toString();
  }

  private static void section(StringBuilder text, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append("\n\n").append(title);
      lines.forEach(line -> text.append("\n  ").append(line));
    }
  }

  private static String headline(DrillRecord record) {
    Set<FailureKind> kinds = FailureKind.of(record);
    int count = record.findings().size();
    String findings = count == 0 ? "" : ", " + count + (count == 1 ? " finding" : " findings");
    return "DR drill "
        + record.name()
        + ": "
        + record.verdict()
        + findings
        + (kinds.isEmpty()
            ? ""
            : kinds.stream().map(FailureKind::title).collect(Collectors.joining("; ", " [", "]")));
  }

  private static void append(StringBuilder text, int number, Finding finding) {
    text.append("\n\n").append(number).append(". ").append(finding.verdict()).append(": ");
    text.append(finding.subject());
    line(text, "expected", finding.expected());
    line(text, "found", finding.found());
    finding.examples().forEach(example -> line(text, "e.g.", example));
    line(text, "hint", finding.hint());
  }

  private static void line(StringBuilder text, String label, String value) {
    if (!value.isBlank()) {
      text.append(
          String.format(
              Locale.ROOT,
              "\n     %-9s %s",
              label,
              value.strip().replace("\n", "\n               ")));
    }
  }

  private static String objective(ObjectiveResult result) {
    return String.format(
        Locale.ROOT,
        "%-14s %-7s target %s, measured %s (%s)",
        result.objective(),
        result.verdict(),
        DurationText.of(result.target()),
        result.measured().map(FailureMessage::measured).orElse(nothing(result)),
        result.clock());
  }

  private static String measured(Duration measured) {
    return DurationText.of(measured);
  }

  private static String nothing(ObjectiveResult result) {
    boolean failed = result.verdict() == Verdict.FAIL && result.objective().equals("RTO");
    return failed ? "nothing: the recovery failed" : "nothing";
  }
}
