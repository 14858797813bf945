package dev.drillbook.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The valid word that somebody most likely meant, by edit distance, case disregarded. */
final class Nearest {
  private Nearest() {}

  /** Empty where every candidate differs by more than about a third of its letters. */
  static Optional<String> to(String word, Collection<String> candidates) {
    return candidates.stream()
        .filter(candidate -> distance(word, candidate) <= Math.max(1, (candidate.length() + 1) / 3))
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /** A hint that begins with the nearest candidate, if any, and lists them all. */
  static String hint(String word, String introduction, Collection<String> candidates) {
    String all =
        candidates.isEmpty()
            ? introduction + " nothing yet"
            : introduction + " " + String.join(", ", candidates);
    return to(word, candidates)
        .map(nearest -> "did you mean '" + nearest + "'? " + all)
        .orElse(all);
  }

  /** The Levenshtein distance. */
  private static int distance(String left, String right) {
    String from = left.toLowerCase(Locale.ROOT);
    String to = right.toLowerCase(Locale.ROOT);
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
