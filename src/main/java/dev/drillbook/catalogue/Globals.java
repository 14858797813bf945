package dev.drillbook.catalogue;

import dev.drillbook.plan.NamePattern;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The dumps of roles and tablespaces, by when they were taken. */
final class Globals {

  /** A job that takes both writes the second one within that time of the first. */
  private static final Duration SAME_JOB = Duration.ofHours(1);

  private final NavigableMap<Instant, StoredFile> byTime = new TreeMap<>();

  Globals(Optional<NamePattern> pattern, ZoneId zone, List<StoredFile> files, Companions others) {
    pattern.ifPresent(
        globals -> {
          NamedTime time = new NamedTime(globals, zone);
          for (StoredFile file : files) {
            if (globals.matches(file.name()) && !others.isOne(file, globals)) {
              time.of(file.name(), file.modified()).ifPresent(at -> byTime.put(at, file));
            }
          }
        });
  }

  /**
   * Those that go with a backup: the nearest one within an hour of it, since one job takes both;
   * else the newest before it; else the oldest after it. Of two that are as near the earlier
   * counts.
   */
  Optional<StoredFile> of(Instant backup) {
    Map.Entry<Instant, StoredFile> before = byTime.floorEntry(backup);
    Map.Entry<Instant, StoredFile> after = byTime.ceilingEntry(backup);
    if (before == null || after == null) {
      return Optional.ofNullable(before == null ? after : before).map(Map.Entry::getValue);
    }
    Duration since = Duration.between(before.getKey(), backup);
    Duration until = Duration.between(backup, after.getKey());
    boolean isLater = until.compareTo(SAME_JOB) <= 0 && until.compareTo(since) < 0;
    return Optional.of((isLater ? after : before).getValue());
  }
}
