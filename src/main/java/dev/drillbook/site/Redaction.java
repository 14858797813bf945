package dev.drillbook.site;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Blanks out a site's secrets wherever somebody else's text is about to be shown or kept. */
public final class Redaction {
  private static final String BLANK = "********";

  private final List<String> secrets;

  /**
   * @param secrets the values to blank out; an empty one is ignored
   */
  public Redaction(Set<String> secrets) {
    // Longest first: one that begins another must not leave the other's end in sight.
    this.secrets =
        secrets.stream()
            .filter(secret -> !secret.isEmpty())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** {@code text} with every occurrence of every secret blanked out. */
  public String clean(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, BLANK);
    }
    return clean;
  }
}
