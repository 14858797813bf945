package dev.drillbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.history.HistoryFile;
import dev.drillbook.objective.Outage;
import dev.drillbook.plan.DataSize;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.run.BackupFacts;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.run.Records;
import dev.drillbook.run.SampleRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectionsTest {
  private static final HistoryFile.Lines NONE = new HistoryFile.Lines(List.of(), 0);

  @Test
  void aPlanThatDoesNotSayHowLargeProductionIsGetsNoProjection() {
    assertThat(Projections.of(List.of(Records.passing().build()), NONE)).isEmpty();
  }

  @Test
  void oneDrillIsNotEnough() {
    assertThat(Projections.of(List.of(drill("a", 1), drill("b", 1)), NONE))
        .isEqualTo(
            """
            Projected to production's size
              dhakacart/complete-database-loss: RTO at 100 MB: not enough data: drills that passed at 3 sizes are needed, there are 1 (run drills at other scales)

            """);
  }

  @Test
  void threeSizesInTheHistoryAreALine(@TempDir Path folder) {
    Path file = folder.resolve("history.jsonl");
    HistoryFile.append(file, drill("a", 1));
    HistoryFile.append(file, drill("b", 2));
    DrillRecord now = drill("c", 4);
    HistoryFile.append(file, now);

    assertThat(Projections.of(List.of(now), HistoryFile.read(file)))
        .contains("RTO at 100 MB: 2 min 18 s, 90 % interval ")
        .endsWith("target 15 min: PASS (2.5 times the largest size drilled)\n\n");
  }

  @Test
  void whatCouldNotBeReadIsSaid() {
    assertThat(Projections.of(List.of(drill("a", 1)), new HistoryFile.Lines(List.of(), 2)))
        .endsWith("  (lines of the history that could not be read: 2)\n\n");
  }

  @Test
  void itsOwnWordsAreAscii() {
    assertThat(Projections.of(List.of(drill("a", 1)), NONE)).isASCII();
  }

  /** Ten megabytes and 1.6 s for each {@code size}, and 2 s. */
  private static DrillRecord drill(String id, int size) {
    SampleRecord record = Records.passing();
    DrillPlan plan = record.plan;
    record.id = id;
    record.plan =
        new DrillPlan(
            plan.file(),
            plan.system(),
            plan.title(),
            plan.components(),
            plan.backups(),
            plan.scenarios(),
            plan.objectives(),
            plan.escalation(),
            plan.checklist(),
            plan.promises(),
            Optional.of(new DataSize(100_000_000)),
            Map.of(),
            Map.of(),
            Map.of(),
            plan.corrections());
    record.backup =
        Optional.of(
            new BackupFacts(
                "nightly-dump", "dump.gz", 1, 10_000_000L * size, Duration.ofMillis(412), 1));
    Duration outage = Duration.ofMillis(2_000 + 1_600L * size);
    record.outage =
        record.outage.map(
            o ->
                new Outage(
                    outage,
                    o.sinceFirstFailedRequest(),
                    o.restoreOnly(),
                    o.declaredManual(),
                    o.precision()));
    return record.build();
  }
}
