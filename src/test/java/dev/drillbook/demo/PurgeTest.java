package dev.drillbook.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.RestoreCheck.Keep;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PurgeTest {
  private static final Instant FIRST = Instant.parse("2024-01-01T02:00:00Z");

  @Test
  void theNewestOfEachDayWeekAndMonthStays() {
    assertThat(kept(new Keep(3, 2, 3, 0), nights(80)))
        .as("80 nights from a Monday on, up to Wednesday 20 March")
        .containsExactly(
            "2024-01-31", "2024-02-29", "2024-03-17", "2024-03-18", "2024-03-19", "2024-03-20");
  }

  @Test
  void aYearIsStoodForByItsNewest() {
    assertThat(kept(new Keep(0, 0, 0, 2), nights(400))).containsExactly("2024-12-31", "2025-02-03");
  }

  @Test
  void whatNothingIsKeptOfIsGone() {
    assertThat(kept(new Keep(1, 0, 0, 0), nights(9))).containsExactly("2024-01-09");
    assertThat(new Purge(new Keep(1, 1, 1, 1), ZoneOffset.UTC).kept(List.of())).isEmpty();
  }

  @Test
  void aGapIsNotMadeUpForByAnOlderOne() {
    List<Instant> nights = new ArrayList<>(nights(10));
    nights.remove(8);
    assertThat(kept(new Keep(3, 0, 0, 0), nights)).containsExactly("2024-01-08", "2024-01-10");
  }

  @Test
  void ofSeveralADayTheLastOneInThatZoneStays() {
    List<Instant> twice =
        Stream.of("2024-05-01T21:59:00Z", "2024-05-01T22:01:00Z", "2024-05-02T21:00:00Z")
            .map(Instant::parse)
            .toList();
    Purge berlin = new Purge(new Keep(2, 0, 0, 0), ZoneId.of("Europe/Berlin"));
    assertThat(berlin.kept(twice)).containsExactly(twice.get(0), twice.get(2));
  }

  @Property
  void everyNightOrOnceLeavesTheSame(
      @ForAll @IntRange(min = 1, max = 500) int count,
      @ForAll @IntRange(min = 0, max = 10) int days,
      @ForAll @IntRange(min = 0, max = 6) int weeks,
      @ForAll @IntRange(min = 0, max = 6) int months,
      @ForAll @IntRange(min = 0, max = 2) int years) {
    Purge purge = new Purge(new Keep(days, weeks, months, years), ZoneOffset.UTC);
    NavigableSet<Instant> left = new TreeSet<>();
    for (Instant night : nights(count)) {
      left.add(night);
      left = purge.kept(left);
    }
    assertThat(left).isEqualTo(purge.kept(nights(count)));
  }

  @Property
  void everyPeriodThatIsKeptHasOne(
      @ForAll @IntRange(min = 1, max = 500) int count,
      @ForAll @IntRange(min = 1, max = 6) int weeks) {
    Set<Instant> kept = new Purge(new Keep(0, weeks, 0, 0), ZoneOffset.UTC).kept(nights(count));
    LocalDate newest = day(nights(count).get(count - 1));
    for (int back = 1; back < weeks && 7 * back < count; back++) {
      LocalDate sunday = newest.with(DayOfWeek.SUNDAY).minusWeeks(back);
      assertThat(kept.stream().map(PurgeTest::day)).contains(sunday);
    }
    assertThat(kept.stream().map(PurgeTest::day)).contains(newest).hasSizeLessThanOrEqualTo(weeks);
  }

  private static List<Instant> nights(int count) {
    return Stream.iterate(FIRST, night -> night.plus(Duration.ofDays(1))).limit(count).toList();
  }

  private static List<String> kept(Keep keep, List<Instant> nights) {
    return new Purge(keep, ZoneOffset.UTC)
        .kept(nights).stream().map(PurgeTest::day).map(LocalDate::toString).toList();
  }

  private static LocalDate day(Instant night) {
    return LocalDate.ofInstant(night, ZoneOffset.UTC);
  }
}
