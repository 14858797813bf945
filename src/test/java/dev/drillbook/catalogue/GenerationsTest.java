package dev.drillbook.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.timeline.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GenerationsTest {
  private static final Checks KEPT =
      Checks.of(
          "schedule: '0 2 * * *', retention: 7d",
          "files: 'x_{yyyyMMddHHmm}', keep: {daily: 3, weekly: 3, monthly: 3, yearly: 3}");

  /** Thursday of week 45; the days, newest first. */
  private static List<StoredBackup> of(String... days) {
    List<StoredBackup> backups = new ArrayList<>();
    for (String day : days) {
      backups.add(Checks.backup(day + "T02:00:00Z", 1000));
    }
    return backups;
  }

  private static Judgement judge(List<StoredBackup> backups) {
    return KEPT.judge(backups, "2026-11-05T06:00:00Z");
  }

  private static String found(Judgement judgement) {
    return String.join("; ", judgement.findings().stream().map(Finding::found).toList());
  }

  @Test
  void oneOfEachPeriodIsEnough() {
    List<StoredBackup> backups =
        of(
            "2026-11-05",
            "2026-11-04",
            "2026-11-03",
            "2026-10-27",
            "2026-10-25",
            "2026-09-30",
            "2025-01-01",
            "2024-12-31");
    assertThat(found(judge(backups))).isEmpty();
    assertThat(judge(backups).notes()).hasSize(2);
  }

  @Test
  void eachMissingPeriodIsNamed() {
    assertThat(found(judge(of("2026-11-05", "2026-11-03", "2026-09-30", "2024-12-31"))))
        .isEqualTo(
            "there is none of day 2026-11-04, week 2026-W44, week 2026-W43, month 2026-10,"
                + " year 2025");
  }

  @Test
  void weeksAreOfIsoYears() {
    Judgement judgement =
        new PolicyJudge(KEPT.policy(), KEPT.check(), Optional.empty(), Optional.empty())
            .judge(
                of("2027-01-12", "2027-01-11", "2027-01-10", "2026-12-20"),
                Instant.parse("2027-01-12T06:00:00Z"));
    // 4 January 2027 is the Monday of week 1; before that comes week 53 of 2026.
    assertThat(found(judgement)).isEqualTo("there is none of week 2026-W53");
  }

  @Test
  void whatIsOlderThanTheOldestIsNotMissedButNoted() {
    Judgement young = judge(of("2026-11-05", "2026-11-04"));
    assertThat(young.findings()).isEmpty();
    assertThat(young.notes())
        .contains(
            "nothing is there (yet) of 1 of 3 days, 2 of 3 weeks, 2 of 3 months, 2 of 3 years:"
                + " the oldest known backup is of 2026-11-04");
  }

  @Test
  void aPurgeOfTheOldestIsSeenByWhoeverKnowsOfThem() {
    PolicyJudge knowing =
        new PolicyJudge(
            KEPT.policy(),
            KEPT.check(),
            Optional.empty(),
            Optional.of(Instant.parse("2026-10-20T02:00:00Z")));
    assertThat(
            found(
                knowing.judge(
                    of("2026-11-05", "2026-11-04"), Instant.parse("2026-11-05T06:00:00Z"))))
        .isEqualTo("there is none of day 2026-11-03, week 2026-W44, week 2026-W43, month 2026-10");
  }

  @Test
  void todayIsTheSchedulesMatterAndYesterdayIsDueOnlyWhenItsRunIsThrough() {
    List<StoredBackup> backups = of("2026-11-04", "2026-11-03");
    assertThat(KEPT.judge(backups, "2026-11-05T01:00:00Z").findings()).isEmpty();
    Checks late =
        Checks.of(
            "schedule: '30 23 * * *', takes: 2h, retention: 7d",
            "files: 'x_{yyyyMMddHHmm}', keep: {daily: 3}");
    List<StoredBackup> nights =
        List.of(
            Checks.backup("2026-11-03T23:30:00Z", 1000),
            Checks.backup("2026-11-02T23:30:00Z", 1000));
    assertThat(late.judge(nights, "2026-11-05T01:00:00Z").findings())
        .extracting(Finding::subject)
        .containsExactly("dump: age");
    assertThat(late.judge(nights, "2026-11-05T02:30:00Z").findings())
        .extracting(Finding::subject)
        .containsExactly("dump: age", "dump: schedule", "dump: retention");
  }

  @Test
  void aDayWithoutARunIsNotAskedFor() {
    Checks weekly =
        Checks.of(
            "schedule: '0 2 * * 0', retention: 30d",
            "files: 'x_{yyyyMMddHHmm}', keep: {daily: 14, weekly: 4}");
    assertThat(
            found(
                new PolicyJudge(weekly.policy(), weekly.check(), Optional.empty(), Optional.empty())
                    .judge(of("2026-11-01", "2026-10-18"), Instant.parse("2026-11-05T06:00:00Z"))))
        .isEqualTo("there is none of day 2026-10-25, week 2026-W43");
  }

  @Test
  void daysAreOfThePlansZone() {
    Checks dhaka =
        Checks.of(
            "retention: 7d", "files: 'x_{yyyyMMddHHmm}', timeZone: Asia/Dhaka, keep: {daily: 3}");
    // 20:00 and 19:00 UTC are after midnight in Dhaka, 17:00 is before it.
    List<StoredBackup> backups =
        List.of(
            Checks.backup("2026-11-04T20:00:00Z", 1000),
            Checks.backup("2026-11-03T17:00:00Z", 1000),
            Checks.backup("2026-11-02T17:00:00Z", 1000));
    assertThat(found(dhaka.judge(backups, "2026-11-05T06:00:00Z")))
        .contains("there is none of day 2026-11-04");
  }

  @Test
  void whatNoRuleKeepsIsNoted() {
    List<StoredBackup> backups = new ArrayList<>();
    for (int day = 0; day < 6 * 365; day++) {
      Instant at = Instant.parse("2026-11-05T02:00:00Z").minus(Duration.ofDays(day));
      backups.add(Checks.backup(at, 1000));
    }
    Judgement judgement = judge(backups);
    assertThat(judgement.findings()).isEmpty();
    // Three years back from the beginning of this one: all from before 2023.
    assertThat(judgement.notes())
        .anySatisfy(note -> assertThat(note).startsWith("785 expired backups are still there"));
  }
}
