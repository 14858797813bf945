package dev.drillbook.run;

import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** Collects what is wrong, from any stage. */
final class Findings {
  private final List<Finding> all = new ArrayList<>();
  private final UnaryOperator<String> clean;

  /**
   * @param clean blanks secrets out of a text
   */
  Findings(UnaryOperator<String> clean) {
    this.clean = clean;
  }

  synchronized void add(Finding finding) {
    all.add(cleaned(finding));
  }

  synchronized void addAll(Collection<Finding> findings) {
    findings.forEach(this::add);
  }

  /** The same text without any secret. */
  String cleaned(String text) {
    return clean.apply(text);
  }

  /** The same finding without any secret. */
  Finding cleaned(Finding finding) {
    return new Finding(
        finding.verdict(),
        finding.subject(),
        clean.apply(finding.expected()),
        clean.apply(finding.found()),
        finding.examples().stream().map(clean).toList(),
        finding.hint());
  }

  /** A stage could not go on. */
  void add(Verdict verdict, String subject, String expected, Throwable problem) {
    if (problem instanceof DrillException known) {
      add(new Finding(verdict, subject, expected, known.problem(), List.of(), known.hint()));
    } else {
      add(
          new Finding(
              verdict,
              subject,
              expected,
              problem.toString(),
              List.of(),
              "see the timeline and the components' logs"));
    }
  }

  /** All of them, worst first, otherwise in the order of their discovery. */
  synchronized List<Finding> worstFirst() {
    return all.stream().sorted(Comparator.comparing(Finding::verdict).reversed()).toList();
  }
}
