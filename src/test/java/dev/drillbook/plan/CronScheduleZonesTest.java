package dev.drillbook.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.PrimitiveIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Schedules where the clock is changed. In Berlin, 2024-03-31 has no time from 02:00 to 03:00, and
 * on 2024-10-27 that hour comes twice; both at 01:00 UTC.
 */
class CronScheduleZonesTest {

  @ParameterizedTest(name = "{0} {1} from {2}")
  @CsvSource(
      delimiter = ';',
      value = {
        // Spring in Berlin: what does not exist runs when the clock jumps, once.
        "0 2 * * *;Europe/Berlin;2024-03-30T00:00:00Z;2024-03-30T01:00:00Z,2024-03-31T01:00:00Z,2024-04-01T00:00:00Z",
        "30 2 * * *;Europe/Berlin;2024-03-30T12:00:00Z;2024-03-31T01:00:00Z,2024-04-01T00:30:00Z",
        "0,30 2,3 * * *;Europe/Berlin;2024-03-30T12:00:00Z;2024-03-31T01:00:00Z,2024-03-31T01:30:00Z,2024-04-01T00:00:00Z",
        "59 1 * * *;Europe/Berlin;2024-03-30T12:00:00Z;2024-03-31T00:59:00Z,2024-03-31T23:59:00Z",
        // Autumn in Berlin: what comes twice runs the first time.
        "0 2 * * *;Europe/Berlin;2024-10-26T12:00:00Z;2024-10-27T00:00:00Z,2024-10-28T01:00:00Z",
        "59 2 * * *;Europe/Berlin;2024-10-26T12:00:00Z;2024-10-27T00:59:00Z,2024-10-28T01:59:00Z",
        "0 3 * * *;Europe/Berlin;2024-10-26T12:00:00Z;2024-10-27T02:00:00Z,2024-10-28T02:00:00Z",
        // A star in the hour: both passes, and nothing at times that do not exist.
        "0 * * * *;Europe/Berlin;2024-10-26T23:30:00Z;2024-10-27T00:00:00Z,2024-10-27T01:00:00Z,2024-10-27T02:00:00Z",
        "0 */2 * * *;Europe/Berlin;2024-10-26T22:00:00Z;2024-10-26T22:00:00Z,2024-10-27T00:00:00Z,2024-10-27T01:00:00Z,2024-10-27T03:00:00Z",
        "0 */2 * * *;Europe/Berlin;2024-03-30T23:00:00Z;2024-03-30T23:00:00Z,2024-03-31T02:00:00Z",
        // A star in the minute does the same.
        "*/30 2 * * *;Europe/Berlin;2024-03-30T12:00:00Z;2024-04-01T00:00:00Z,2024-04-01T00:30:00Z",
        "*/30 2 * * *;Europe/Berlin;2024-10-26T12:00:00Z;2024-10-27T00:00:00Z,2024-10-27T00:30:00Z,2024-10-27T01:00:00Z,2024-10-27T01:30:00Z,2024-10-28T01:00:00Z",
        // South of the equator.
        "0 2 * * *;Australia/Sydney;2024-04-06T12:00:00Z;2024-04-06T15:00:00Z,2024-04-07T16:00:00Z",
        "30 2 * * *;Australia/Sydney;2024-10-05T12:00:00Z;2024-10-05T16:00:00Z,2024-10-06T15:30:00Z",
        // Half an hour, on Lord Howe Island.
        "45 1 * * *;Australia/Lord_Howe;2024-04-06T12:00:00Z;2024-04-06T14:45:00Z,2024-04-07T15:15:00Z",
        "15 2 * * *;Australia/Lord_Howe;2024-10-05T12:00:00Z;2024-10-05T15:30:00Z,2024-10-06T15:15:00Z",
        "0,45 * * * *;Australia/Lord_Howe;2024-04-06T14:30:00Z;2024-04-06T14:45:00Z,2024-04-06T15:15:00Z,2024-04-06T15:30:00Z",
        // No change at all, and offsets that are no whole hours.
        "0 0 1 * *;Asia/Tokyo;2024-02-01T00:00:00Z;2024-02-29T15:00:00Z,2024-03-31T15:00:00Z",
        "0 0 * * *;Asia/Kathmandu;2024-03-30T00:00:00Z;2024-03-30T18:15:00Z,2024-03-31T18:15:00Z",
        // The clock jumps at midnight.
        "0 0 * * *;Africa/Cairo;2024-04-25T12:00:00Z;2024-04-25T22:00:00Z,2024-04-26T21:00:00Z"
      })
  void executionsFollowTheZonesClock(
      String expression, String zone, Instant from, String expected) {
    CronSchedule schedule = CronSchedule.parse(expression).in(ZoneId.of(zone));
    List<Instant> instants = Arrays.stream(expected.split(",", -1)).map(Instant::parse).toList();
    PrimitiveIterator.OfLong executions = schedule.epochSecondsFrom(from);

    assertThat(instants)
        .allSatisfy(at -> assertThat(Instant.ofEpochSecond(executions.nextLong())).isEqualTo(at));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = ';',
      value = {
        "0 2 * * *;Europe/Berlin;PT25H",
        "0 2 * * *;America/New_York;PT25H",
        "0 2 * * *;Australia/Sydney;PT25H",
        "0 2 * * *;Australia/Lord_Howe;PT24H30M",
        "0 2 * * *;Asia/Tokyo;PT24H",
        "0 * * * *;Europe/Berlin;PT1H",
        "0 */2 * * *;Europe/Berlin;PT3H",
        "0 */12 * * *;Europe/Berlin;PT13H",
        "*/30 2 * * *;Europe/Berlin;PT46H30M",
        "0 2 * * 1-5;Europe/Berlin;PT73H",
        "0 2 * * 0;Europe/Berlin;PT169H",
        "0 2 * * 0;Asia/Tokyo;PT168H",
        "0 0 31 * *;Europe/Berlin;PT1465H",
        "0 0 31 * *;Asia/Tokyo;P61D",
        "0 0 29 2 *;Europe/Berlin;P1461D",
        "0 0 13 * 5;Europe/Berlin;PT169H"
      })
  void theLongestGapIsThatOfTheLongestNight(String expression, String zone, Duration gap) {
    CronSchedule schedule = CronSchedule.parse(expression).in(ZoneId.of(zone));
    assertThat(schedule.longestGap()).isEqualTo(gap);
  }

  @Test
  void nextAndNewestFollowTheZonesClockToo() {
    CronSchedule schedule = CronSchedule.parse("30 2 * * *").in(ZoneId.of("Europe/Berlin"));
    Instant jump = Instant.parse("2024-03-31T01:00:00Z");
    assertThat(schedule.next(jump.minusNanos(1))).contains(jump);
    assertThat(schedule.next(jump)).contains(Instant.parse("2024-04-01T00:30:00Z"));
    assertThat(schedule.newestBefore(jump)).contains(Instant.parse("2024-03-30T01:30:00Z"));
    assertThat(schedule.newestBefore(jump.plusNanos(1))).contains(jump);
  }

  /** A clock that is put back over midnight to a time of the day before would break this. */
  @Test
  void inEveryZoneExecutionsComeInOrder() {
    CronSchedule schedule = CronSchedule.parse("0,30 0,1,22,23 * * *");
    for (String zone : ZoneId.getAvailableZoneIds()) {
      PrimitiveIterator.OfLong executions =
          schedule.in(ZoneId.of(zone)).epochSecondsFrom(CronSchedule.HORIZON);
      long previous = executions.nextLong();
      for (int i = 0; i < 8 * 366 * 4; i++) {
        long next = executions.nextLong();
        assertThat(next).as(zone).isGreaterThanOrEqualTo(previous);
        previous = next;
      }
    }
  }
}
