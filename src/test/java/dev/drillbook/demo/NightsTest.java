package dev.drillbook.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.plan.CronSchedule;
import dev.drillbook.plan.RestoreCheck.Keep;
import dev.drillbook.timeline.DrillException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class NightsTest {
  private static final Keep KEEP = new Keep(7, 4, 4, 0);
  private static final CronSchedule AT_TWO = CronSchedule.parse("0 2 * * *");

  @Test
  void theNewestIsOfTheLastRunThatWasDue() {
    assertThat(upTo("2026-03-18T02:00:01Z").newest()).isEqualTo("2026-03-18T02:00:00Z");
    assertThat(upTo("2026-03-18T02:00:00Z").newest()).isEqualTo("2026-03-17T02:00:00Z");
    assertThat(upTo("2026-03-18T01:59:59Z").newest()).isEqualTo("2026-03-17T02:00:00Z");
  }

  @Test
  void theShopOpenedWithTheOldestMonthThatIsKept() {
    Nights nights = upTo("2026-03-18T09:00:00Z");
    assertThat(nights.all().get(0)).isEqualTo("2025-12-01T02:00:00Z");
    assertThat(nights.all()).hasSize(31 + 31 + 28 + 18);
    assertThat(nights.kept().get(0)).isEqualTo("2025-12-31T02:00:00Z");
    assertThat(nights.back(0)).isEqualTo(nights.newest());
    assertThat(nights.back(6)).isEqualTo("2026-03-12T02:00:00Z");
  }

  @Test
  void aTimeBeforeSchedulesCanBeToldIsRefused() {
    assertThatThrownBy(() -> upTo("2024-03-31T09:00:00Z"))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("cannot be of 2024-03-31T09:00:00Z")
        .hasMessageContaining("4 months after 2024-01-01");
    assertThat(upTo("2024-04-01T09:00:00Z").kept()).isNotEmpty();
  }

  /** Whatever the day is, a deleted day or month must be the only thing that is missing. */
  @Property
  void aDayAndAMonthCanGoAlone(@ForAll @LongRange(min = 0, max = 20_000) long hours) {
    Nights nights =
        Nights.upTo(
            Instant.parse("2026-01-01T00:30:00Z").plus(Duration.ofHours(hours)),
            AT_TWO,
            KEEP,
            ZoneOffset.UTC);
    YearMonth newest = YearMonth.from(day(nights.newest()));
    for (int back = 0; back < 4; back++) {
      YearMonth month = newest.minusMonths(back);
      long kept = nights.kept().stream().filter(n -> YearMonth.from(day(n)).equals(month)).count();
      if (back >= 2) {
        assertThat(kept).as("stands for its month alone").isEqualTo(1);
      } else {
        assertThat(kept).isPositive();
      }
    }
    assertThat(nights.back(3)).isEqualTo(nights.newest().minus(Duration.ofDays(3)));
    assertThat(nights.back(6)).isEqualTo(nights.newest().minus(Duration.ofDays(6)));
  }

  private static LocalDate day(Instant night) {
    return LocalDate.ofInstant(night, ZoneOffset.UTC);
  }

  private static Nights upTo(String now) {
    return Nights.upTo(Instant.parse(now), AT_TWO, KEEP, ZoneOffset.UTC);
  }
}
