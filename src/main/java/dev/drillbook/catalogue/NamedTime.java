package dev.drillbook.catalogue;

import dev.drillbook.plan.NamePattern;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What time a name tells, and how much finer the truth may be. */
record NamedTime(NamePattern pattern, ZoneId zone) {

  /**
   * When what is called {@code name} was taken; empty where its name bears an impossible time.
   * Where the name tells no more than the day or the hour, it is when the file was written last, if
   * that was on that day or in that hour: a copy made later has lost it, and then it is their
   * beginning.
   */
  Optional<Instant> of(String name, Instant modified) {
    return pattern.hasTime()
        ? pattern.timeIn(name, zone).map(named -> isWithin(named, modified) ? modified : named)
        : Optional.of(modified);
  }

  private boolean isWithin(Instant named, Instant modified) {
    return pattern.precision().compareTo(ChronoUnit.HOURS) >= 0
        && !modified.isBefore(named)
        && modified.isBefore(named.atZone(zone).plus(1, pattern.precision()).toInstant());
  }

  /** The earliest time that the name of a backup of {@code instant} can tell. */
  Instant earliest(Instant instant) {
    ZonedDateTime local = instant.atZone(zone);
    return switch (pattern.hasTime() ? pattern.precision() : ChronoUnit.SECONDS) {
      case DAYS -> local.toLocalDate().atStartOfDay(zone).toInstant();
      case HOURS -> local.truncatedTo(ChronoUnit.HOURS).toInstant();
      default -> instant;
    };
  }
}
