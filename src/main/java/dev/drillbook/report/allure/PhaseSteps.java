package dev.drillbook.report.allure;

import dev.drillbook.objective.ObjectiveResult;
import dev.drillbook.report.PhaseSpan;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Phase;
import dev.drillbook.timeline.Tick;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.verification.CheckResult;
import dev.drillbook.verification.LedgerJudgement;
import io.qameta.allure.model.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A drill as nested Allure steps: its phases, what ran inside them, and the objectives. */
final class PhaseSteps {
  private final DrillRecord record;
  private final Attachments attachments;

  PhaseSteps(DrillRecord record, Attachments attachments) {
    this.record = record;
    this.attachments = attachments;
  }

  List<StepResult> all() {
    List<StepResult> steps = new ArrayList<>();
    PhaseSpan.of(record).forEach(span -> steps.add(phase(span)));
    steps.add(objectives());
    return steps;
  }

  private StepResult phase(PhaseSpan span) {
    StepNode node =
        new StepNode(record.clock(), span.phase().label(), span.started(), span.ended());
    if (!span.complete()) {
      node.verdict(Verdict.UNKNOWN).message("it never ended");
    }
    if (span.phase() == Phase.RECOVERY) {
      record.steps().forEach(step -> node.child(recoveryStep(step)));
    }
    if (span.phase() == Phase.BACKUP) {
      record
          .backup()
          .ifPresent(
              backup ->
                  node.parameter("policy", backup.policy())
                      .parameter("file", backup.file())
                      .parameter("bytes", backup.bytes())
                      .parameter("rows", backup.rows())
                      .parameter("took", DurationText.of(backup.took())));
      record
          .backupTranscript()
          .map(Transcript::text)
          .filter(text -> !text.isEmpty())
          .ifPresent(text -> node.attachment(attachments.text("transcript of the backup", text)));
    }
    if (span.phase() == Phase.VERIFICATION) {
      verification(node, span);
    }
    return node.result();
  }

  private StepNode recoveryStep(dev.drillbook.recovery.StepResult step) {
    StepNode node =
        new StepNode(record.clock(), step.step().id(), step.started(), step.ended())
            .parameter("title", step.step().title())
            .parameter("budget", DurationText.of(step.step().budget()))
            .parameter("took", DurationText.of(step.took()))
            .findings(step.findings());
    switch (step.outcome()) {
      case SUCCEEDED -> {}
      case FAILED -> node.verdict(Verdict.FAIL);
      case TIMED_OUT -> node.verdict(Verdict.UNKNOWN).message("it was not done in time");
    }
    String transcript = step.transcript().text();
    return transcript.isEmpty()
        ? node
        : node.attachment(attachments.text("transcript of " + step.step().id(), transcript));
  }

  /** Checks ran one after the other and only know how long they took, which is where they go. */
  private void verification(StepNode node, PhaseSpan span) {
    Tick at = span.started();
    for (CheckResult check : record.checks()) {
      Tick end = at.plus(check.took());
      node.child(
          new StepNode(record.clock(), check.name(), at, end)
              .parameter("coverage", check.coverage())
              .findings(check.findings())
              .verdict(check.verdict()));
      at = end;
    }
    Tick last = at;
    record.ledger().ifPresent(ledger -> node.child(ledger(ledger, last)));
  }

  private StepNode ledger(LedgerJudgement ledger, Tick at) {
    return new StepNode(record.clock(), "what became of every write", at, at)
        .parameter("attempted", ledger.attempted())
        .parameter("acknowledged", ledger.acknowledged())
        .parameter("failed", ledger.failed())
        .parameter("indeterminate", ledger.indeterminate())
        .parameter("surviving", ledger.surviving())
        .parameter("lost", ledger.lost())
        .parameter("recovered", ledger.recovered())
        .parameter("holes", ledger.holes())
        .parameter("stale", ledger.stale())
        .parameter("phantoms", ledger.phantoms())
        .parameter("duplicates", ledger.duplicates())
        .parameter("altered", ledger.altered())
        .parameter("resurrected", ledger.resurrected())
        .parameter("lost after the recovery", ledger.lostAfterwards())
        .parameter("recovery point shown, from", ledger.shown().from().map(this::utc).orElse("-"))
        .parameter("recovery point shown, to", ledger.shown().to().map(this::utc).orElse("-"))
        .findings(ledger.findings());
  }

  private String utc(Tick tick) {
    return record.clock().wall(tick).toString();
  }

  private StepResult objectives() {
    StepNode node = new StepNode(record.clock(), "objectives", record.ended(), record.ended());
    if (record.objectives().isEmpty()) {
      node.verdict(Verdict.UNKNOWN).message("no objective was judged");
    }
    record.objectives().forEach(result -> node.child(objective(result)));
    return node.result();
  }

  private StepNode objective(ObjectiveResult result) {
    Optional<Finding> finding = result.finding();
    return new StepNode(record.clock(), result.objective(), record.ended(), record.ended())
        .parameter("target", DurationText.of(result.target()))
        .parameter("measured", result.measured().map(DurationText::of).orElse("nothing"))
        .parameter("clock", result.clock())
        .findings(finding.stream().toList())
        .verdict(result.verdict());
  }
}
