package dev.drillbook.timeline;

import java.util.List;

/**
 * One thing that is wrong, or could not be judged, in the words of whoever must act on it.
 *
 * @param verdict FAIL or UNKNOWN; a PASS is no finding
 * @param subject which check, objective or step this is about
 * @param expected what should have been
 * @param found what was found instead
 * @param examples the first few instances, most telling first; empty where the finding is its own
 *     example
 * @param hint what to do next
 */
public record Finding(
    Verdict verdict,
    String subject,
    String expected,
    String found,
    List<String> examples,
    String hint) {

  /** How many examples a finding shows; more hide the point. */
  public static final int MAX_EXAMPLES = 5;

  public Finding {
    if (verdict == Verdict.PASS) {
      throw new IllegalArgumentException("a finding is FAIL or UNKNOWN: " + subject);
    }
    examples = examples.stream().limit(MAX_EXAMPLES).toList();
  }

  public static Finding fail(String subject, String expected, String found, String hint) {
    return new Finding(Verdict.FAIL, subject, expected, found, List.of(), hint);
  }

  public static Finding unknown(String subject, String expected, String found, String hint) {
    return new Finding(Verdict.UNKNOWN, subject, expected, found, List.of(), hint);
  }

  public Finding withExamples(List<String> shown) {
    return new Finding(verdict, subject, expected, found, shown, hint);
  }
}
