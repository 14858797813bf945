package dev.drillbook.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.objective.WorstCase;
import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.CronSchedule;
import dev.drillbook.plan.DrillPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackupTimesTest {
  private static final Duration DECLARED = Duration.ofMinutes(10);
  private static final Duration MEASURED = Duration.ofMillis(412);
  private static final Optional<BackupFacts> FACTS =
      Optional.of(new BackupFacts("dump", "dump.sql", 1, 1, MEASURED, 1));

  private static final BackupPolicy DUMP = full("dump", "db", "0 0 * * *", Optional.of(DECLARED));
  private static final BackupPolicy NOON = full("noon", "db", "0 12 * * *", Optional.empty());
  private static final BackupPolicy OTHER = full("other", "cache", "0 6 * * *", Optional.empty());

  @Test
  void whatTheDrillMeasuredWinsOverWhatThePlanDeclares() {
    assertThat(times(DUMP, FACTS, DUMP).takes(DUMP)).isEqualTo(MEASURED);
    assertThat(times(DUMP, Optional.empty(), DUMP).takes(DUMP)).isEqualTo(DECLARED);
    assertThat(times(NOON, FACTS, NOON).takes(NOON)).isZero();
  }

  @Test
  void allPoliciesOfTheDrilledStoreCountAndNoOthers() {
    assertThat(loss(times(DUMP, FACTS, DUMP, OTHER))).contains(Duration.ofHours(24).plus(MEASURED));
    assertThat(loss(times(DUMP, FACTS, DUMP, OTHER, NOON)))
        .contains(Duration.ofHours(12).plus(MEASURED));
  }

  @Test
  void logsThatTheDrilledBackupCannotTakeDoNotMakeItsLossSmaller() {
    BackupPolicy logsOfTheBase =
        new BackupPolicy(
            "wal",
            "db",
            BackupPolicy.Kind.WAL,
            Optional.of("base"),
            Optional.empty(),
            Optional.of(CronSchedule.parse("*/5 * * * *")),
            Duration.ofDays(14),
            Optional.empty(),
            "wal",
            "none");
    BackupPolicy base =
        new BackupPolicy(
            "base",
            "db",
            BackupPolicy.Kind.FULL,
            Optional.empty(),
            Optional.of("base-backup.sh"),
            Optional.of(CronSchedule.parse("0 * * * *")),
            Duration.ofDays(14),
            Optional.of(DECLARED),
            "folder",
            "none");

    assertThat(loss(times(DUMP, FACTS, DUMP, base, logsOfTheBase)))
        .contains(Duration.ofHours(24).plus(MEASURED));
    assertThat(loss(times(base, Optional.empty(), DUMP, base, logsOfTheBase)).orElseThrow())
        .isLessThan(Duration.ofHours(2));
  }

  @Test
  void withoutATimeMeasuredOrDeclaredNothingIsKnown() {
    assertThat(loss(times(DUMP, Optional.empty(), DUMP)))
        .contains(Duration.ofHours(24).plus(DECLARED));
    assertThat(loss(times(NOON, Optional.empty(), NOON))).isEmpty();
    assertThat(new BackupTimes(plan(DUMP), List.of(), FACTS.stream().toList()).worstCase())
        .isEmpty();
  }

  private static Optional<Duration> loss(BackupTimes times) {
    return times.worstCase().flatMap(WorstCase::loss);
  }

  private static BackupTimes times(
      BackupPolicy drilled, Optional<BackupFacts> facts, BackupPolicy... policies) {
    return new BackupTimes(plan(policies), List.of(drilled), facts.stream().toList());
  }

  private static DrillPlan plan(BackupPolicy... policies) {
    return new DrillPlan(
        Path.of("plan.yaml"),
        "shop",
        "Shop",
        Map.of(),
        List.of(policies),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of());
  }

  private static BackupPolicy full(
      String id, String component, String schedule, Optional<Duration> takes) {
    return new BackupPolicy(
        id,
        component,
        BackupPolicy.Kind.FULL,
        Optional.empty(),
        Optional.empty(),
        Optional.of(CronSchedule.parse(schedule)),
        Duration.ofDays(14),
        takes,
        "folder",
        "none");
  }
}
