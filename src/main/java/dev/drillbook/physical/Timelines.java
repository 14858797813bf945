package dev.drillbook.physical;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The way that recovery takes from the timeline of a backup to the newest that an archive knows, as
 * a server finds it (findNewestTimeLine and XLogFileReadAnyTLI in PostgreSQL).
 *
 * @param parts the newest first
 */
record Timelines(List<Part> parts, long segmentBytes) {

  /** A timeline as far as it is gone along, by the numbers of its first and last segment. */
  record Part(int timeline, long first, long last) {}

  Timelines {
    parts = List.copyOf(parts);
  }

  /**
   * @param histories the lines of the history files, by timeline
   */
  static Timelines from(int start, Map<Integer, List<String>> histories, long segmentBytes) {
    int newest = start;
    while (histories.containsKey(newest + 1)) {
      newest++;
    }
    List<Part> parts = new ArrayList<>();
    long first = 0;
    for (String line : histories.getOrDefault(newest, List.of())) {
      String[] words = line.strip().split("\\s+", 3);
      Optional<Lsn> switched = words.length < 2 ? Optional.empty() : Lsn.parse(words[1]);
      if (switched.isPresent() && words[0].matches("\\d{1,9}")) {
        long last = switched.get().segment(segmentBytes);
        parts.add(0, new Part(Integer.parseInt(words[0]), first, last));
        first = last;
      }
    }
    parts.add(0, new Part(newest, first, Long.MAX_VALUE));
    return new Timelines(parts, segmentBytes);
  }

  private boolean holds(Set<WalName> there, long number) {
    return parts.stream()
        .filter(part -> part.first <= number && number <= part.last)
        .anyMatch(part -> there.contains(WalName.of(part.timeline, number, segmentBytes)));
  }

  /** The number of the last segment on the way. */
  OptionalLong last(Collection<WalName> archived) {
    Set<WalName> there = new HashSet<>(archived);
    return archived.stream()
        .mapToLong(name -> name.number(segmentBytes))
        .filter(number -> holds(there, number))
        .max();
  }

  /** The first segment from {@code start} to {@code last} that is not there. */
  Optional<WalName> firstMissing(long start, long last, Set<WalName> there) {
    for (long number = start; number <= last; number++) {
      if (!holds(there, number)) {
        long missing = number;
        return parts.stream()
            .filter(part -> part.first <= missing && missing <= part.last)
            .findFirst()
            .map(part -> WalName.of(part.timeline, missing, segmentBytes));
      }
    }
    return Optional.empty();
  }
}
