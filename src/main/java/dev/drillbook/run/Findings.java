package dev.drillbook.run;

import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, from any stage. */
final class Findings {
  private final List<Finding> all = new ArrayList<>();

  synchronized void add(Finding finding) {
    all.add(finding);
  }

  synchronized void addAll(Collection<Finding> findings) {
    all.addAll(findings);
  }

  /** A stage could not go on. */
  void add(Verdict verdict, String subject, String expected, Exception problem) {
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
