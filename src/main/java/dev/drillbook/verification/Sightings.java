package dev.drillbook.verification;

import dev.drillbook.timeline.Finding;
import java.util.Arrays;
import java.util.stream.LongStream;

/** How often one kind of damage was seen, and the least few of the numbers that tell where. */
final class Sightings {
  private final long[] least = new long[Finding.MAX_EXAMPLES];
  private int kept;
  private int count;

  void add(long where) {
    count++;
    int at = kept;
    while (at > 0 && least[at - 1] > where) {
      at--;
    }
    if (at < least.length) {
      System.arraycopy(least, at, least, at + 1, Math.min(kept, least.length - 1) - at);
      least[at] = where;
      kept = Math.min(kept + 1, least.length);
    }
  }

  int count() {
    return count;
  }

  LongStream examples() {
    return Arrays.stream(least, 0, kept);
  }
}
