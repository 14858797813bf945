package dev.drillbook.objective;

import static dev.drillbook.objective.Policies.basedOn;
import static dev.drillbook.objective.Policies.full;
import static dev.drillbook.objective.Policies.unscheduled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.BackupPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorstCaseTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void itIsTheLongestGapAndTheTimeThatABackupTakes() {
    WorstCase worst = worst(Map.of("dump", MINUTE), full("dump", "0 2 * * 1-5"));
    assertThat(worst)
        .isEqualTo(
            new WorstCase.Gap(
                Instant.parse("2024-01-05T02:00:00Z"),
                Instant.parse("2024-01-08T02:00:00Z"),
                MINUTE,
                ZoneOffset.UTC));
    assertThat(worst.loss()).contains(DAY.multipliedBy(3).plus(MINUTE));
    assertThat(worst.reason())
        .isEqualTo(
            "between the recovery points of Fri 2024-01-05 02:00 UTC and Mon 2024-01-08 02:00 UTC,"
                + " and 1 min to take the latter");
  }

  @Test
  void theGapIsToldByTheSchedulesOwnClock() {
    WorstCase worst =
        worst(Map.of(), full("dump", "0 2 * * *", DAY.multipliedBy(9), "Europe/Berlin"));
    assertThat(worst)
        .isEqualTo(
            new WorstCase.Gap(
                Instant.parse("2024-10-27T00:00:00Z"),
                Instant.parse("2024-10-28T01:00:00Z"),
                Duration.ZERO,
                ZoneId.of("Europe/Berlin")));
    assertThat(worst.reason())
        .startsWith("between the recovery points of Sun 2024-10-27 02:00 Europe/Berlin and Mon");
  }

  @Test
  void theGapOfSeveralPoliciesIsThatOfTheirUnion() {
    assertThat(loss(full("noon", "0 12 * * *"), full("night", "0 2 * * *")))
        .isEqualTo(Duration.ofHours(14));
    assertThat(loss(full("night", "0 2 * * *"), full("noon", "0 12 * * *")))
        .isEqualTo(Duration.ofHours(14));
    assertThat(loss(full("workdays", "0 2 * * 1-5"), full("saturdays", "0 14 * * 6")))
        .isEqualTo(Duration.ofHours(36));
    assertThat(loss(full("one", "0 2 * * *"), full("other", "0 2 * * *"))).isEqualTo(DAY);
  }

  @Test
  void policiesInDifferentZonesAreMergedByInstants() {
    assertThat(
            loss(
                full("tokyo", "0 9 * * *", DAY.multipliedBy(9), "Asia/Tokyo"),
                full("utc", "0 6 * * *")))
        .isEqualTo(Duration.ofHours(18));
  }

  @Test
  void theTimeIsThatOfTheBackupThatEndsTheGap() {
    BackupPolicy night = full("night", "0 0 * * *");
    BackupPolicy noon = full("noon", "0 12 * * *");
    assertThat(worst(Map.of("night", MINUTE, "noon", HOUR), night, noon).loss())
        .contains(Duration.ofHours(13));
    assertThat(worst(Map.of("night", MINUTE), night, noon).loss())
        .contains(Duration.ofHours(12).plus(MINUTE));
  }

  @Test
  void aBackupThatIsOvertakenWhileItIsTakenEndsNoGap() {
    BackupPolicy slow = full("slow", "0 0 * * *");
    BackupPolicy quick = full("quick", "0 1 * * *");
    WorstCase worst = worst(Map.of("slow", HOUR.multipliedBy(2)), slow, quick);
    assertThat(worst)
        .isEqualTo(
            new WorstCase.Gap(
                Instant.parse("2024-01-01T01:00:00Z"),
                Instant.parse("2024-01-02T01:00:00Z"),
                Duration.ZERO,
                ZoneOffset.UTC));
  }

  @Test
  void anIncrementalBackupFillsTheGapsOfItsBase() {
    BackupPolicy weekly = full("weekly", "0 0 * * 0");
    assertThat(loss(weekly, incremental("weekly", "0 0 * * 1-6", DAY.multipliedBy(7))))
        .isEqualTo(DAY);
    assertThat(loss(weekly)).isEqualTo(DAY.multipliedBy(7));
  }

  @Test
  void anIncrementalBackupIsGoneWithItsBase() {
    BackupPolicy base = full("base", "0 0 * * 0", DAY.multipliedBy(3));
    assertThat(worst(Map.of(), base, incremental("base", "0 0 * * 1-6", DAY.multipliedBy(30))))
        .isEqualTo(new WorstCase.Everything(Instant.parse("2024-01-11T00:00:00Z"), ZoneOffset.UTC));
  }

  @Test
  void aBaseThatIsNotCompleteIsNone() {
    BackupPolicy daily = full("daily", "0 0 * * *", DAY.plus(HOUR));
    BackupPolicy hourly = incremental("daily", "0 * * * *", DAY.multipliedBy(9));
    // From 01:00 on yesterday's base is gone; the first to rest on today's, complete at 03:00
    // sharp, is that of 03:00.
    assertThat(worst(Map.of("daily", HOUR.multipliedBy(3)), daily, hourly))
        .isEqualTo(new WorstCase.Everything(Instant.parse("2024-01-02T02:00:00Z"), ZoneOffset.UTC));
    assertThat(worst(Map.of("daily", HOUR), daily, hourly).loss()).contains(HOUR);
  }

  @Test
  void aLogBreaksWhenItsFirstSegmentSinceTheBaseIsGone() {
    BackupPolicy daily = full("daily", "0 0 * * *", DAY.multipliedBy(7));
    BackupPolicy log = wal("daily", "0 * * * *", Duration.ofHours(12));
    // The segment of 01:00 is kept until 13:00. Just after that only the base is left.
    WorstCase worst = worst(Map.of(), daily, log);
    assertThat(worst.loss()).contains(DAY);
    assertThat(loss(daily, wal("daily", "0 * * * *", Duration.ofHours(23)))).isEqualTo(HOUR);
    assertThat(loss(daily, wal("daily", "0 * * * *", Duration.ofHours(23).minusSeconds(1))))
        .isEqualTo(DAY);
    assertThat(loss(daily, incremental("daily", "0 * * * *", Duration.ofHours(12))))
        .isEqualTo(HOUR);
  }

  @Test
  void aBackupIsKeptUpToAndIncludingItsRetention() {
    assertThat(loss(full("dump", "0 0 * * *", DAY))).isEqualTo(DAY);
    assertThat(worst(Map.of(), full("dump", "0 0 * * *", DAY.minusNanos(1))))
        .isEqualTo(new WorstCase.Everything(Instant.parse("2024-01-02T00:00:00Z"), ZoneOffset.UTC));
  }

  @Test
  void aBackupThatIsGoneBeforeTheNextIsCompleteLosesEverything() {
    WorstCase worst = worst(Map.of("dump", MINUTE), full("dump", "0 0 * * *", DAY));
    assertThat(worst)
        .isEqualTo(new WorstCase.Everything(Instant.parse("2024-01-02T00:01:00Z"), ZoneOffset.UTC));
    assertThat(worst.loss()).isEmpty();
    assertThat(worst.reason())
        .isEqualTo(
            "just before Tue 2024-01-02 00:01 UTC the last backup is gone and the next one is not complete");
  }

  @Test
  void withoutAScheduleNothingIsPromised() {
    assertThat(WorstCase.of(List.of(), policy -> Duration.ZERO)).isEmpty();
    assertThat(WorstCase.of(List.of(unscheduled("dump")), policy -> Duration.ZERO)).isEmpty();
    assertThat(
            WorstCase.of(
                List.of(unscheduled("dump"), wal("dump", "* * * * *", DAY)),
                policy -> Duration.ZERO))
        .isEmpty();
    assertThat(loss(unscheduled("release"), full("dump", "0 0 * * *"))).isEqualTo(DAY);
  }

  private static BackupPolicy incremental(String base, String schedule, Duration retention) {
    return basedOn(base, BackupPolicy.Kind.INCREMENTAL, "incremental", schedule, retention);
  }

  private static BackupPolicy wal(String base, String schedule, Duration retention) {
    return basedOn(base, BackupPolicy.Kind.WAL, "wal", schedule, retention);
  }

  private static Duration loss(BackupPolicy... policies) {
    return worst(Map.of(), policies).loss().orElseThrow();
  }

  private static WorstCase worst(Map<String, Duration> takes, BackupPolicy... policies) {
    Optional<WorstCase> worst =
        WorstCase.of(List.of(policies), policy -> takes.getOrDefault(policy.id(), Duration.ZERO));
    return worst.orElseThrow();
  }
}
