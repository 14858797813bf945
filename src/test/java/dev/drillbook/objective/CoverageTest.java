package dev.drillbook.objective;

import static dev.drillbook.objective.Policies.basedOn;
import static dev.drillbook.objective.Policies.full;
import static dev.drillbook.objective.Policies.unscheduled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.RecoveryPromise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void aPromiseIsKeptFromReachingBackAndOneGapOn() {
    Coverage kept = coverage(days(30), DAY, daily(days(31)));
    assertThat(kept.holds()).isTrue();
    assertThat(kept.unbroken()).contains(days(30));
    assertThat(kept.missing()).isEmpty();
    assertThat(kept.missingText()).isEqualTo("nothing is missing");

    Coverage missed = coverage(days(30), DAY, daily(days(31).minus(SECOND)));
    assertThat(missed.holds()).isFalse();
    assertThat(missed.missing())
        .containsExactly(new Coverage.Missing(days(30).minus(SECOND), days(30), true));
  }

  @Test
  void whatRetentionLeavesOutIsMissing() {
    Coverage coverage = coverage(days(30), DAY, daily(days(14)));
    assertThat(coverage.missing()).containsExactly(new Coverage.Missing(days(13), days(30), true));
    assertThat(coverage.missingText()).isEqualTo("between 13 d and 30 d nothing is kept");
  }

  @Test
  void pointsThatAreTooFarApartAreMissingFromThePresentOn() {
    assertThat(coverage(WEEK, DAY, full("dump", "0 0 * * *")).holds()).isTrue();
    Coverage sparse = coverage(WEEK, DAY.minus(SECOND), full("dump", "0 0 * * *"));
    assertThat(sparse.unbroken()).isEmpty();
    assertThat(sparse.any()).contains(days(13));
    assertThat(sparse.missing()).containsExactly(new Coverage.Missing(Duration.ZERO, WEEK, false));
    assertThat(sparse.missingText())
        .isEqualTo("between 0 s and 7 d points are more than 23 h 59 min apart");
  }

  @Test
  void olderBackupsMayBeFurtherApartThanYoungerOnes() {
    BackupPolicy weekly = full("weekly", "0 0 * * 0", days(28));
    assertThat(coverage(days(21), WEEK, daily(WEEK), weekly).unbroken()).contains(days(21));
    assertThat(coverage(days(6), DAY, daily(WEEK), weekly).unbroken()).contains(days(6));

    Coverage coverage = coverage(days(30), DAY, daily(WEEK), weekly);
    assertThat(coverage.missing())
        .containsExactly(
            new Coverage.Missing(days(6), days(21), false),
            new Coverage.Missing(days(21), days(30), true));
    assertThat(coverage.missingText())
        .isEqualTo(
            "between 6 d and 21 d points are more than 24 h apart; between 21 d and 30 d nothing is kept");
  }

  @Test
  void sparsePointsThatReachFarEnoughLeaveOneRange() {
    BackupPolicy weekly = full("weekly", "0 0 * * 0", days(28));
    assertThat(coverage(days(20), DAY, daily(WEEK), weekly).missing())
        .containsExactly(new Coverage.Missing(days(6), days(20), false));
    assertThat(coverage(days(21), DAY, daily(WEEK), weekly).missing())
        .containsExactly(new Coverage.Missing(days(6), days(21), false));
  }

  @Test
  void anIncrementalBackupCountsAsLongAsItsBase() {
    BackupPolicy weekly = full("weekly", "0 0 * * 0", days(28));
    BackupPolicy incremental =
        basedOn("weekly", BackupPolicy.Kind.INCREMENTAL, "inc", "0 0 * * *", days(60));
    // Saturday's rests on a base that is six days older; a day passes until the next point.
    assertThat(coverage(days(30), DAY, weekly, incremental).unbroken()).contains(days(21));
    assertThat(coverage(days(30), DAY, weekly, incremental).any()).contains(days(21));
  }

  @Test
  void aLogReachesBackAsFarAsItsFirstSegmentIsKept() {
    BackupPolicy base = full("daily", "0 0 * * *", days(7));
    BackupPolicy log = basedOn("daily", BackupPolicy.Kind.WAL, "wal", "0 * * * *", days(2));
    // The last hour before midnight rests on the segment of 01:00, which is 23 hours older.
    assertThat(coverage(days(6), Duration.ofHours(1), base, log).unbroken())
        .contains(Duration.ofHours(25));
    assertThat(coverage(days(6), DAY, base, log).unbroken()).contains(days(6));
  }

  @Test
  void theLongNightOfOctoberCounts() {
    BackupPolicy berlin = full("dump", "0 2 * * *", days(14), "Europe/Berlin");
    assertThat(coverage(days(7), DAY, berlin).unbroken()).isEmpty();
    assertThat(coverage(days(7), Duration.ofHours(25), berlin).unbroken())
        .contains(days(13).minusHours(1));
  }

  @Test
  void withoutAScheduleNothingCanBeSaid() {
    RecoveryPromise promise = new RecoveryPromise("db", WEEK, DAY);
    assertThat(Coverage.of(promise, List.of())).isEmpty();
    assertThat(Coverage.of(promise, List.of(unscheduled("dump")))).isEmpty();
  }

  @Test
  void aBackupThatIsGoneBeforeTheNextLeavesNothing() {
    Coverage coverage = coverage(WEEK, DAY, daily(DAY.minus(SECOND)));
    assertThat(coverage.unbroken()).isEmpty();
    assertThat(coverage.any()).isEmpty();
    assertThat(coverage.missing()).containsExactly(new Coverage.Missing(Duration.ZERO, WEEK, true));
    assertThat(coverage(WEEK, DAY, daily(DAY)).unbroken()).isEqualTo(Optional.of(Duration.ZERO));
  }

  private static BackupPolicy daily(Duration retention) {
    return full("daily", "0 0 * * *", retention);
  }

  private static Coverage coverage(Duration back, Duration every, BackupPolicy... policies) {
    RecoveryPromise promise = new RecoveryPromise("db", back, every);
    return Coverage.of(promise, List.of(policies)).orElseThrow();
  }

  private static Duration days(long days) {
    return Duration.ofDays(days);
  }
}
