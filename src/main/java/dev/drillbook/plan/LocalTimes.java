package dev.drillbook.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Turns the local times of a schedule's day into instants, as cron does it where the clock is put
 * forward or back (cron(8) of Debian, which has it from Vixie's): a particular time that does not
 * exist runs when the clock jumps, and one that comes twice runs the first time only. A schedule
 * with a star in its minute or hour follows the clock on the wall: nothing runs at a time that does
 * not exist, and it runs in both passes of an hour that comes twice.
 *
 * <p>Cron does so for changes of less than three hours; no zone's rules have had a longer one since
 * 2024.
 */
final class LocalTimes {
  private static final Duration CHANGE_AT_MOST = Duration.ofHours(3);
  private static final Duration DAY_AT_MOST = Duration.ofDays(1).plus(CHANGE_AT_MOST);

  private final ZoneRules rules;
  private final boolean wildcard;
  private final int[] minutesOfDay;

  LocalTimes(ZoneRules rules, CronFields fields) {
    this.rules = rules;
    this.wildcard = fields.isWildcard();
    this.minutesOfDay = fields.minutesOfDay();
  }

  /** When the times of {@code day} are, in seconds since 1970, in order and each once. */
  long[] epochSeconds(LocalDate day) {
    LocalDateTime midnight = day.atStartOfDay();
    ZoneOffset offset = rules.getOffset(midnight);
    if (!changes(midnight.toInstant(offset))) {
      long start = midnight.toEpochSecond(offset);
      return Arrays.stream(minutesOfDay).mapToLong(minute -> start + 60L * minute).toArray();
    }
    return Arrays.stream(minutesOfDay)
        .mapToObj(midnight::plusMinutes)
        .flatMapToLong(this::epochSeconds)
        .sorted()
        .distinct()
        .toArray();
  }

  /** Whether the clock is changed on the day that starts at {@code midnight}, or close to it. */
  private boolean changes(Instant midnight) {
    ZoneOffsetTransition next =
        rules.isFixedOffset() ? null : rules.nextTransition(midnight.minus(CHANGE_AT_MOST));
    return next != null && next.getInstant().isBefore(midnight.plus(DAY_AT_MOST));
  }

  private LongStream epochSeconds(LocalDateTime time) {
    List<ZoneOffset> offsets = rules.getValidOffsets(time);
    if (offsets.isEmpty()) {
      return wildcard
          ? LongStream.empty()
          : LongStream.of(rules.getTransition(time).toEpochSecond());
    }
    return offsets.stream().limit(wildcard ? 2 : 1).mapToLong(time::toEpochSecond);
  }
}
