package dev.drillbook.objective;

import static dev.drillbook.objective.Policies.full;
import static dev.drillbook.objective.Policies.unscheduled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.BackupPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DetectionTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void retentionMustOutlastTheDetectionTheLongestGapAndTheTimeOfABackup() {
    assertThat(unnoticed(Optional.empty(), Duration.ZERO, full("dump", "0 0 * * *", days(14))))
        .isEqualTo(days(13));
    assertThat(unnoticed(Optional.empty(), HOUR, full("dump", "0 0 * * *", days(14))))
        .isEqualTo(days(13).minus(HOUR));
    assertThat(unnoticed(Optional.empty(), HOUR, full("dump", "0 0 * * 1-5", days(14))))
        .isEqualTo(days(11).minus(HOUR));
  }

  @Test
  void aBackupThatIsGoneTooEarlyLeavesNoTimeAtAll() {
    assertThat(unnoticed(Optional.empty(), HOUR, full("dump", "0 0 * * *", DAY))).isZero();
  }

  @Test
  void anOlderPointDoesWhereNoRpoForbidsIt() {
    BackupPolicy daily = full("daily", "0 0 * * *", days(7));
    BackupPolicy weekly = full("weekly", "0 0 * * 0", days(28));
    assertThat(unnoticed(Optional.empty(), Duration.ZERO, daily, weekly)).isEqualTo(days(21));
    assertThat(unnoticed(Optional.of(DAY), Duration.ZERO, daily, weekly)).isEqualTo(days(6));
    assertThat(unnoticed(Optional.of(days(7)), Duration.ZERO, daily, weekly)).isEqualTo(days(21));
    assertThat(unnoticed(Optional.of(days(7).minusNanos(1)), Duration.ZERO, daily, weekly))
        .isEqualTo(days(6));
  }

  @Test
  void anRpoThatTheSchedulesMissAnywayIsNotHeldAgainstTheRetentionToo() {
    assertThat(unnoticed(Optional.of(HOUR), HOUR, full("dump", "0 0 * * *", days(14))))
        .isEqualTo(days(13).minus(HOUR));
  }

  @Test
  void withoutAScheduleNothingCanBeSaid() {
    assertThat(
            Detection.longestUnnoticed(
                List.of(unscheduled("dump")), policy -> Duration.ZERO, Optional.empty()))
        .isEmpty();
  }

  private static Duration unnoticed(
      Optional<Duration> rpo, Duration takes, BackupPolicy... policies) {
    return Detection.longestUnnoticed(List.of(policies), policy -> takes, rpo).orElseThrow();
  }

  private static Duration days(long days) {
    return Duration.ofDays(days);
  }
}
