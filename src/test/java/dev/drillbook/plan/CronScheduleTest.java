package dev.drillbook.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
      delimiter = '|',
      value = {
        "0 5 * * MON,FRI-SUN | 0 5 * * 0,1,5,6",
        "0 5 * * sat-sun | 0 5 * * 0,6",
        "0 5 * * MON-SUN | 0 5 * * 0-6",
        "0 5 * * TUE-SUN/2 | 0 5 * * 2,4,6"
      })
  void sundayEndsARangeOfDaysAsItsSeventh(String named, String numbered) {
    LongStream expected = LongStream.generate(executions(numbered)::nextLong).limit(50);
    LongStream found = LongStream.generate(executions(named)::nextLong).limit(50);
    assertThat(found.toArray()).isEqualTo(expected.toArray());
  }

  private static PrimitiveIterator.OfLong executions(String expression) {
    return CronSchedule.parse(expression).epochSecondsFrom(CronSchedule.HORIZON);
  }

  /** The library that reads expressions also knows when they are due, in UTC. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 */12 * * *",
        "*/7 3-5 * * *",
        "15 2 * * 1-5",
        "0 0 31 * *",
        "5 4 1,15 * 3",
        "0-10/5,59 23 * * *",
        "30/10 6 * 2,4-6 *",
        "0 1 29 2 *",
        "0 5 * JAN-MAR SUN,tue",
        "0 5 * * 5-7",
        "0 5 * * 0",
        "1 2 28-31 */5 *",
        "0 0 13 * 5"
      })
  void executionsAreThoseOfAnotherImplementation(String expression) {
    CronSchedule schedule = CronSchedule.parse(expression);
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    ExecutionTime other = ExecutionTime.forCron(parser.parse(expression));
    ZonedDateTime at = Instant.parse("2023-12-30T00:00:00Z").atZone(ZoneOffset.UTC);
    PrimitiveIterator.OfLong executions = schedule.epochSecondsFrom(at.toInstant().plusNanos(1));
    for (int i = 0; i < 500; i++) {
      at = other.nextExecution(at).orElseThrow();
      assertThat(executions.nextLong()).as(at.toString()).isEqualTo(at.toEpochSecond());
    }
    Instant last = at.toInstant();
    assertThat(schedule.newestBefore(last))
        .isEqualTo(other.lastExecution(at).map(ZonedDateTime::toInstant));
    assertThat(schedule.next(last))
        .isEqualTo(other.nextExecution(at).map(ZonedDateTime::toInstant));
  }

  @Test
  void aStarWithAStepDoesNotRestrictTheDaySoThatBothFieldsMustMatch() {
    CronSchedule oddMondays = CronSchedule.parse("0 0 */2 * 1");
    assertThat(first(oddMondays, "2024-01-02T00:00:00Z", 4))
        .containsExactly(
            Instant.parse("2024-01-15T00:00:00Z"),
            Instant.parse("2024-01-29T00:00:00Z"),
            Instant.parse("2024-02-05T00:00:00Z"),
            Instant.parse("2024-02-19T00:00:00Z"));
    assertThat(oddMondays.longestGap()).isEqualTo(Duration.ofDays(21));
    assertThat(first(CronSchedule.parse("0 0 1 * */2"), "2024-01-02T00:00:00Z", 2))
        .containsExactly(
            Instant.parse("2024-02-01T00:00:00Z"), Instant.parse("2024-06-01T00:00:00Z"));
  }

  @Test
  void executionsBeginAtTheStartItself() {
    CronSchedule daily = CronSchedule.parse("0 2 * * *");
    Instant two = Instant.parse("2024-05-01T02:00:00Z");
    assertThat(daily.epochSecondsFrom(two).nextLong()).isEqualTo(two.getEpochSecond());
    assertThat(daily.epochSecondsFrom(two.plusNanos(1)).nextLong())
        .isEqualTo(two.getEpochSecond() + 86_400);
    assertThat(daily.epochSecondsFrom(two.minusNanos(1)).nextLong())
        .isEqualTo(two.getEpochSecond());
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "0 2 * * *, Z, P1D",
    "*/5 * * * *, +05:30, P1D",
    "0 2 * * 1-5, Z, P7D",
    "0 2 1 * *, Z, P10227D",
    "0 2 * 1 *, Z, P10227D",
    "0 2 * 1 1, Z, P10227D",
    "0 2 * * *, Europe/Berlin, P10227D"
  })
  void thePatternRepeatsItself(String expression, String zone, Duration cycle) {
    assertThat(CronSchedule.parse(expression).in(ZoneId.of(zone)).cycle()).isEqualTo(cycle);
  }

  private static List<Instant> first(CronSchedule schedule, String from, int count) {
    PrimitiveIterator.OfLong executions = schedule.epochSecondsFrom(Instant.parse(from));
    return Stream.generate(() -> Instant.ofEpochSecond(executions.nextLong()))
        .limit(count)
        .toList();
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
        .isNotEqualTo(CronSchedule.parse("0 1 * * *"))
        .isEqualTo(CronSchedule.parse("0 0 * * *").in(ZoneId.of("UTC")))
        .isNotEqualTo(CronSchedule.parse("0 0 * * *").in(ZoneId.of("Europe/Berlin")))
        .isNotEqualTo("0 0 * * *");
    assertThat(CronSchedule.parse("0 0 * * *").in(ZoneId.of("Europe/Berlin")))
        .hasToString("0 0 * * * Europe/Berlin")
        .doesNotHaveSameHashCodeAs(CronSchedule.parse("0 0 * * *"));
    assertThat(CronSchedule.parse(" 0 0 * * *").expression()).isEqualTo("0 0 * * *");
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
