package dev.drillbook.site.embedded.standin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Refuses exactly so many of every hundred requests, in an order that nobody can foresee: a client
 * that tries again at once must not always be lucky.
 */
final class Throttle {
  private final Deque<Integer> hundred = new ArrayDeque<>();

  synchronized boolean refuses(int percent) {
    if (percent == 0) {
      hundred.clear();
      return false;
    }
    if (hundred.isEmpty()) {
      List<Integer> lots = new ArrayList<>(IntStream.range(0, 100).boxed().toList());
      Collections.shuffle(lots);
      hundred.addAll(lots);
    }
    return hundred.remove() < percent;
  }
}
