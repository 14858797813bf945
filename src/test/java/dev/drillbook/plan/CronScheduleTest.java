package dev.drillbook.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronScheduleTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "* * * * *;PT1M",
        "*/7 * * * *;PT7M",
        "0 */12 * * *;PT12H",
        "0 */5 * * *;PT5H",
        "0 0 * * *;PT24H",
        "30 1,4 * * *;PT21H",
        "*/10 9-17 * * *;PT15H10M",
        "0 2 * * 1-5;PT72H",
        "0 0 * * 7;P7D",
        "0 0 * * 0,3;P4D",
        "0 0 1 * *;P31D",
        "0 0 31 * *;P61D",
        "0 6,18 1 * *;P30DT12H",
        "0 0 13 * 5;P7D",
        "0 0 1 1 *;P366D",
        "0 0 29 2 *;P1461D",
        "0 0 29 2 1;P350D"
      })
  @Timeout(20)
  void theLongestGapIsThatBetweenTwoConsecutiveExecutions(String expression, Duration gap) {
    CronSchedule schedule = CronSchedule.parse(expression);
    assertThat(schedule.longestGap()).isEqualTo(gap);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"0 */12 * * *", "*/7 3-5 * * *", "15 2 * * 1-5", "0 0 31 * *", "5 4 1,15 * 3"})
  void theLongestGapIsOneThatSomeYearsOfExecutionsShow(String expression) {
    CronSchedule schedule = CronSchedule.parse(expression);
    Instant at = Instant.parse("2019-12-31T23:59:59Z");
    Instant end = at.plus(Duration.ofDays(2 * 366));
    Duration longest = Duration.ZERO;
    Instant previous = schedule.next(at).orElseThrow();
    while (previous.isBefore(end)) {
      Instant next = schedule.next(previous).orElseThrow();
      Duration gap = Duration.between(previous, next);
      longest = gap.compareTo(longest) > 0 ? gap : longest;
      previous = next;
    }
    assertThat(schedule.longestGap()).isEqualTo(longest);
  }

  @Test
  void nextAndNewestAreStrictlyAfterAndBefore() {
    CronSchedule schedule = CronSchedule.parse("0 */12 * * *");
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    assertThat(schedule.next(noon)).contains(Instant.parse("2026-03-02T00:00:00Z"));
    assertThat(schedule.newestBefore(noon)).contains(Instant.parse("2026-03-01T00:00:00Z"));
    assertThat(schedule.next(noon.minusNanos(1))).contains(noon);
    assertThat(schedule.newestBefore(noon.plusNanos(1))).contains(noon);
  }

  @Test
  void equalExpressionsMakeEqualSchedules() {
    assertThat(CronSchedule.parse("  0  0 * * * "))
        .isEqualTo(CronSchedule.parse("0 0 * * *"))
        .hasSameHashCodeAs(CronSchedule.parse("0 0 * * *"))
        .hasToString("0 0 * * *")
        .isNotEqualTo(CronSchedule.parse("0 1 * * *"));
  }

  @ParameterizedTest(name = "''{0}''")
  @CsvSource(
      delimiter = ';',
      value = {
        "61 * * * *;61 not in range",
        "0 0 * *;found 4",
        "0 0 0 * * *;found 6",
        "@daily;found 1",
        "'';found 0",
        "every day at 2 pm;Invalid chars",
        "0 0 31 2 *;no day of the calendar"
      })
  void whatIsNoScheduleIsRefusedWithAReason(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CronSchedule.parse(text))
        .withMessageContaining(reason);
  }
}
