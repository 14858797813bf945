package dev.drillbook.report.allure;

import dev.drillbook.restorecheck.RestoreCheckRecord;
import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Tick;
import dev.drillbook.unpacking.Stage;
import dev.drillbook.verification.CheckResult;
import java.util.Locale;

/** The check of one stored backup as nested Allure steps: its stages, and what was looked at. */
final class CheckSteps {
  private final RestoreCheckRecord record;
  private final Attachments attachments;
  private final DrillClock clock;

  CheckSteps(RestoreCheckRecord record, Attachments attachments) {
    this.record = record;
    this.attachments = attachments;
    this.clock = DrillClock.anchoredAt(record.startedAt());
  }

  StepNode all() {
    Tick start = new Tick(0);
    StepNode node =
        new StepNode(
                clock,
                record.backup().isEmpty() ? "no backup" : record.backup(),
                start,
                start.plus(record.took()))
            .verdict(record.verdict())
            .parameter("taken at", record.takenAt().map(Object::toString).orElse("unknown"))
            .parameter("stored bytes", record.storedBytes())
            .parameter("restored bytes", record.restoredBytes().map(Object::toString).orElse("-"))
            .parameter("rows", record.rows())
            .parameter("on", record.site() + ": " + String.join("; ", record.components()));
    Tick at = start;
    for (Stage stage : record.stages()) {
      Tick end = at.plus(stage.took());
      node.child(stage(stage, at, end));
      at = end;
    }
    for (CheckResult check : record.checks()) {
      node.child(
          new StepNode(clock, check.name(), at, at)
              .parameter("coverage", check.coverage())
              .parameter("took", DurationText.of(check.took()))
              .findings(check.findings())
              .verdict(check.verdict()));
    }
    node.findings(record.findings().stream().filter(finding -> !isOfACheck(finding)).toList());
    return record.transcript().isEmpty()
        ? node
        : node.attachment(attachments.text("transcript of the restore", record.transcript()));
  }

  private StepNode stage(Stage stage, Tick from, Tick to) {
    StepNode node =
        new StepNode(clock, stage.name(), from, to)
            .parameter("took", DurationText.of(stage.took()))
            .parameter("bytes in", stage.bytesIn())
            .parameter("bytes out", stage.bytesOut());
    if (stage.bytesIn() > 0 && !stage.took().isZero()) {
      double megabytes = stage.bytesIn() / 1e6 / (stage.took().toNanos() / 1e9);
      node.parameter("throughput", String.format(Locale.ROOT, "%.1f MB/s", megabytes));
    }
    return node;
  }

  private boolean isOfACheck(Finding finding) {
    return record.checks().stream()
        .flatMap(check -> check.findings().stream())
        .anyMatch(
            known ->
                known.subject().equals(finding.subject())
                    && known.expected().equals(finding.expected()));
  }
}
