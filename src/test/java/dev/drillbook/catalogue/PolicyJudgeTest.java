package dev.drillbook.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyJudgeTest {
  private static final Checks NIGHTLY =
      Checks.of("schedule: '0 2 * * *', takes: 30m, retention: 7d", "files: 'x_{yyyyMMddHHmm}'");

  /** Nights up to {@code newest}, the newest first. */
  private static List<StoredBackup> nights(String newest, int count) {
    List<StoredBackup> nights = new ArrayList<>();
    for (int night = 0; night < count; night++) {
      nights.add(Checks.backup(Instant.parse(newest).minus(Duration.ofDays(night)), 1000 - night));
    }
    return nights;
  }

  private static List<String> subjects(Judgement judgement) {
    return judgement.findings().stream().map(Finding::subject).toList();
  }

  @Test
  void aSoundWeekPassesAndIsNoted() {
    Judgement judgement = NIGHTLY.judge(nights("2026-11-05T02:00:00Z", 8), "2026-11-05T06:00:00Z");
    assertThat(judgement.findings()).isEmpty();
    assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
    assertThat(judgement.notes())
        .containsExactly(
            "2026-11-05T02:00:00Z is the newest backup, 4 h old, taken at 2026-11-05T02:00:00Z",
            "a backup grows by 1 bytes a day (least squares over 8 backups in 7 d)");
  }

  @Test
  void aBackupAsOldAsTheRpoPassesAndAnOlderOneFails() {
    Checks any = Checks.of("retention: 365d", "files: '*'");
    List<StoredBackup> one = nights("2026-11-05T02:00:00Z", 1);
    assertThat(any.judge(one, "2026-11-06T02:00:00Z").findings()).isEmpty();
    Judgement late = any.judge(one, "2026-11-06T02:00:01Z");
    assertThat(late.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(late.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.subject()).isEqualTo("dump: age");
              assertThat(finding.expected()).contains("at most 24 h old");
              assertThat(finding.found()).contains("24 h 1 s old");
            });
  }

  @Test
  void aRunIsOverdueAfterWhatItTakesAndItsGrace() {
    List<StoredBackup> lastNight = nights("2026-11-05T02:00:00Z", 8);
    assertThat(subjects(NIGHTLY.judge(lastNight, "2026-11-06T01:59:00Z"))).isEmpty();
    assertThat(subjects(NIGHTLY.judge(lastNight, "2026-11-06T03:29:00Z")))
        .containsExactly("dump: age");
    Judgement overdue = NIGHTLY.judge(lastNight, "2026-11-06T03:30:00Z");
    assertThat(subjects(overdue)).containsExactly("dump: age", "dump: schedule", "dump: retention");
    assertThat(overdue.findings().get(1).expected())
        .contains("due at 2026-11-06T02:00:00Z (0 2 * * *)");
  }

  @Test
  void aBackupFromTheFutureFailsAndHidesNothing() {
    List<StoredBackup> backups = new ArrayList<>(nights("2026-11-03T02:00:00Z", 6));
    backups.add(0, Checks.backup("2026-11-05T06:01:01Z", 1000));
    Judgement judgement = NIGHTLY.judge(backups, "2026-11-05T06:00:00Z");
    assertThat(subjects(judgement))
        .containsExactly("dump: age", "dump: schedule", "dump: age", "dump: retention");
    assertThat(judgement.findings().get(2).examples()).containsExactly("2026-11-05T06:01:01Z");
    assertThat(subjects(NIGHTLY.judge(nights("2026-11-05T02:00:00Z", 1), "2026-11-05T01:58:59Z")))
        .containsExactly("dump: age");
    assertThat(subjects(NIGHTLY.judge(nights("2026-11-05T02:00:00Z", 8), "2026-11-05T01:59:00Z")))
        .isEmpty();
  }

  @Test
  void aBackupThatHalvesFails() {
    List<StoredBackup> backups = nights("2026-11-05T02:00:00Z", 8);
    backups.set(0, Checks.backup("2026-11-05T02:00:00Z", 500));
    assertThat(subjects(NIGHTLY.judge(backups, "2026-11-05T06:00:00Z"))).isEmpty();
    backups.set(0, Checks.backup("2026-11-05T02:00:00Z", 499));
    Judgement halved = NIGHTLY.judge(backups, "2026-11-05T06:00:00Z");
    assertThat(subjects(halved)).containsExactly("dump: size");
    assertThat(halved.findings().get(0).examples())
        .containsExactly(
            "2026-11-05T02:00:00Z has 499 bytes, 2026-11-04T02:00:00Z before it had 999 bytes");
    Checks incremental = new Checks(ofKind(BackupPolicy.Kind.INCREMENTAL), NIGHTLY.check());
    assertThat(incremental.judge(backups, "2026-11-05T06:00:00Z").findings()).isEmpty();
  }

  private static BackupPolicy ofKind(BackupPolicy.Kind kind) {
    BackupPolicy full = NIGHTLY.policy();
    return new BackupPolicy(
        full.id(),
        full.component(),
        kind,
        full.basedOn(),
        full.script(),
        full.schedule(),
        full.retention(),
        full.takes(),
        full.location(),
        full.encryption());
  }

  @Test
  void anEmptyBackupFailsWhereverItIsAndIsNoMeasureForTheNext() {
    List<StoredBackup> backups = nights("2026-11-05T02:00:00Z", 8);
    backups.set(3, Checks.backup("2026-11-02T02:00:00Z", 0));
    backups.set(2, Checks.backup("2026-11-03T02:00:00Z", 400));
    Judgement judgement = NIGHTLY.judge(backups, "2026-11-05T06:00:00Z");
    assertThat(subjects(judgement)).containsExactly("dump: size", "dump: size");
    assertThat(judgement.findings().get(0).examples()).containsExactly("2026-11-02T02:00:00Z");
    assertThat(judgement.findings().get(1).examples())
        .containsExactly(
            "2026-11-03T02:00:00Z has 400 bytes, 2026-11-01T02:00:00Z before it had 996 bytes");
  }

  @Test
  void growthIsTheSlopeOfTheLeastSquares() {
    List<StoredBackup> backups =
        List.of(
            Checks.backup("2026-11-05T02:00:00Z", 3_000_000),
            Checks.backup("2026-11-04T02:00:00Z", 1_000_000),
            Checks.backup("2026-11-04T02:00:00Z", 3_000_000),
            Checks.backup("2026-11-03T02:00:00Z", 1_000_000));
    assertThat(NIGHTLY.judge(backups, "2026-11-05T06:00:00Z").notes())
        .contains("a backup grows by 1 MB a day (least squares over 4 backups in 2 d)");
  }

  @Test
  void everyRunWithinTheRetentionIsMissedByItsTime() {
    List<StoredBackup> backups = nights("2026-11-05T02:00:00Z", 8);
    backups.remove(6);
    backups.remove(2);
    Judgement judgement = NIGHTLY.judge(backups, "2026-11-05T06:00:00Z");
    assertThat(judgement.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.subject()).isEqualTo("dump: retention");
              assertThat(finding.found()).isEqualTo("2 have not");
              assertThat(finding.examples())
                  .containsExactly(
                      "nothing of the run due at 2026-11-03T02:00:00Z",
                      "nothing of the run due at 2026-10-30T02:00:00Z");
            });
  }

  @Test
  void aYoungPolicyPassesUntilSomebodyKnowsThatThereWasMore() {
    List<StoredBackup> young = nights("2026-11-05T02:00:00Z", 3);
    Judgement judgement = NIGHTLY.judge(young, "2026-11-05T06:00:00Z");
    assertThat(judgement.findings()).isEmpty();
    assertThat(judgement.notes())
        .contains(
            "nothing from before 2026-11-03T02:00:00Z is there (yet), though the policy keeps 7 d");
    Judgement known =
        new PolicyJudge(
                NIGHTLY.policy(),
                NIGHTLY.check(),
                Optional.empty(),
                Optional.of(Instant.parse("2026-11-01T02:00:00Z")))
            .judge(young, Instant.parse("2026-11-05T06:00:00Z"));
    assertThat(known.findings())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.examples())
                    .containsExactly(
                        "nothing of the run due at 2026-11-02T02:00:00Z",
                        "nothing of the run due at 2026-11-01T02:00:00Z"));
  }

  @Test
  void backupsNamedByTheDayStandForAllRunsOfIt() {
    Checks daily = Checks.of("schedule: '0 0,6,12 * * *', retention: 7d", "files: 'x_{yyyyMMdd}'");
    List<StoredBackup> backups = nights("2026-11-05T00:00:00Z", 8);
    assertThat(daily.judge(backups, "2026-11-05T14:00:00Z").findings()).isEmpty();
    backups.remove(3);
    assertThat(daily.judge(backups, "2026-11-05T14:00:00Z").findings())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.examples())
                    .containsExactly("nothing of the run due at 2026-11-02T12:00:00Z"));
    assertThat(subjects(daily.judge(backups, "2026-11-06T02:00:00Z"))).contains("dump: schedule");
  }

  @Test
  void nightsOfTwentyThreeAndTwentyFiveHoursAreSound() {
    Checks berlin =
        Checks.of(
            "schedule: '30 2 * * *', timeZone: Europe/Berlin, retention: 7d",
            "files: 'x_{yyyyMMddHHmm}', timeZone: Europe/Berlin, keep: {daily: 7}");
    for (String day : List.of("2026-03-29", "2026-10-25")) {
      Instant now = Instant.parse(day + "T12:00:00Z").plus(Duration.ofDays(2));
      List<StoredBackup> backups = new ArrayList<>();
      var runs =
          berlin.policy().schedule().orElseThrow().epochSecondsFrom(now.minus(Duration.ofDays(9)));
      for (Instant run = Instant.ofEpochSecond(runs.nextLong());
          run.isBefore(now);
          run = Instant.ofEpochSecond(runs.nextLong())) {
        backups.add(0, Checks.backup(run.plusSeconds(1), 1000));
      }
      assertThat(berlin.judge(backups, now.toString()).findings()).isEmpty();
      Checks byRuns = new Checks(berlin.policy(), Checks.check("files: 'x_{yyyyMMddHHmm}'"));
      assertThat(byRuns.judge(backups, now.toString()).findings()).isEmpty();
      backups.remove(2); // The night of the change itself.
      assertThat(berlin.judge(backups, now.toString()).findings())
          .singleElement()
          .satisfies(
              finding -> assertThat(finding.found()).isEqualTo("there is none of day " + day));
      assertThat(byRuns.judge(backups, now.toString()).findings())
          .singleElement()
          .satisfies(finding -> assertThat(finding.found()).isEqualTo("1 have not"));
    }
  }

  @Test
  void whatShouldHaveGoneIsNoted() {
    Judgement judgement = NIGHTLY.judge(nights("2026-11-05T02:00:00Z", 12), "2026-11-05T06:00:00Z");
    assertThat(judgement.findings()).isEmpty();
    assertThat(judgement.notes())
        .last()
        .asString()
        .startsWith("4 expired backups are still there, the oldest 2026-10-25T02:00:00Z of");
  }
}
