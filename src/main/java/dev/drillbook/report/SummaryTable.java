package dev.drillbook.report;

import dev.drillbook.objective.Outage;
import dev.drillbook.objective.WorstCase;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.Objective;
import dev.drillbook.plan.Scenario;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A run at a glance: a row per drill; then what became of the plans' objectives, who would have
 * been called, and the checklists; then where these plans depart from the runbooks. Its own words
 * are ASCII. "failed" instead of an RTO: the recovery ran and the service did not come back; "-":
 * there is nothing to show.
 */
public final class SummaryTable {

  private SummaryTable() {}

  /** The text for all drills of a run, in the order in which they ran; ends with a newline. */
  public static String of(List<DrillRecord> records) {
    if (records.isEmpty()) {
      return "No drill ran: nothing was proven.\n";
    }
    TextTable table =
        new TextTable(
            "drill",
            "RTO target",
            "RTO measured",
            "RPO target",
            "RPO actual",
            "RPO worst case",
            "lost writes",
            "verdict");
    for (DrillRecord record : records) {
      table.row(
          record.name(),
          DurationText.of(record.scenario().rto()),
          record
              .outage()
              .map(SummaryTable::outage)
              .orElse(record.steps().isEmpty() ? "-" : "failed"),
          orDash(record.scenario().rpo()),
          orDash(record.loss().actual()),
          record.loss().worst().map(SummaryTable::worst).orElse("-"),
          record.ledger().map(l -> l.lost() + " of " + l.acknowledged()).orElse("-"),
          record.verdict().name());
    }
    return table.text()
        + section("Objectives", objectives(records))
        + section("Escalation", ofEach(records, EscalationText::highest))
        + section("Checklist", ofEach(records, ChecklistText::summary))
        + section("Corrected in the plan", corrections(records));
  }

  private static List<String> ofEach(
      List<DrillRecord> records, Function<DrillRecord, List<String>> lines) {
    return records.stream()
        .flatMap(record -> lines.apply(record).stream().map(line -> record.name() + ": " + line))
        .toList();
  }

  /** Each promise of a plan, and what became of the scenarios that stand for it. */
  private static List<String> objectives(List<DrillRecord> records) {
    List<String> lines = new ArrayList<>();
    for (DrillPlan plan : plans(records)) {
      for (Objective objective : plan.objectives()) {
        lines.add(
            plan.system()
                + " "
                + objective.name()
                + objective
                    .priority()
                    .map(priority -> " (" + priority.name().toLowerCase(Locale.ROOT) + ")")
                    .orElse("")
                + ", RTO "
                + DurationText.of(objective.rto())
                + objective.rpo().map(rpo -> ", RPO " + DurationText.of(rpo)).orElse("")
                + ": "
                + judged(plan, objective, records));
      }
    }
    return lines;
  }

  private static String judged(DrillPlan plan, Objective objective, List<DrillRecord> records) {
    List<Scenario> standing =
        plan.scenarios().stream()
            .filter(scenario -> scenario.objective().equals(Optional.of(objective.name())))
            .toList();
    if (standing.isEmpty()) {
      return "no scenario stands for it";
    }
    return standing.stream()
        .map(scenario -> scenario.id() + " " + verdict(plan, scenario, records))
        .collect(Collectors.joining(", "));
  }

  private static String verdict(DrillPlan plan, Scenario scenario, List<DrillRecord> records) {
    return records.stream()
        .filter(record -> record.name().equals(plan.system() + "/" + scenario.id()))
        .map(DrillRecord::verdict)
        .reduce(Verdict::and)
        .map(Verdict::name)
        .orElse("not drilled");
  }

  private static String outage(Outage outage) {
    String measured = DurationText.of(outage.sinceFault());
    return outage.declaredManual().isZero()
        ? measured
        : measured + " + " + DurationText.of(outage.declaredManual()) + " manual";
  }

  private static String worst(WorstCase worst) {
    return worst.loss().map(DurationText::of).orElse("everything");
  }

  private static List<String> corrections(List<DrillRecord> records) {
    List<String> lines = new ArrayList<>();
    for (DrillPlan plan : plans(records)) {
      plan.corrections()
          .forEach(
              c ->
                  lines.add(
                      plan.system()
                          + " "
                          + String.join(".", c.path())
                          + ": \""
                          + c.asWritten()
                          + "\" is now \""
                          + c.corrected()
                          + "\": "
                          + c.reason()
                          + c.finding().map(id -> " (finding " + id + ")").orElse("")));
    }
    return lines;
  }

  private static Iterable<DrillPlan> plans(List<DrillRecord> records) {
    Map<String, DrillPlan> plans = new LinkedHashMap<>();
    records.forEach(record -> plans.putIfAbsent(record.plan().system(), record.plan()));
    return plans.values();
  }

  private static String section(String title, List<String> lines) {
    StringBuilder text = new StringBuilder();
    if (!lines.isEmpty()) {
      text.append('\n').append(title).append('\n');
      lines.forEach(line -> text.append("  ").append(line.strip().replace("\n", " ")).append('\n'));
    }
    return text.toString();
  }

  private static String orDash(Optional<Duration> duration) {
    return duration.map(DurationText::of).orElse("-");
  }
}
