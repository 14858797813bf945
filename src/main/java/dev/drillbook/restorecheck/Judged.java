package dev.drillbook.restorecheck;

import dev.drillbook.site.Redaction;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What one check has found so far, without any secret of its site's. */
final class Judged {
  private final List<Finding> findings = new ArrayList<>();

  void addAll(Collection<Finding> more) {
    findings.addAll(more);
  }

  void add(Finding finding) {
    findings.add(finding);
  }

  /** A part of the check could not be done. */
  void add(Verdict verdict, String subject, String expected, Throwable problem) {
    boolean known = problem instanceof DrillException;
    findings.add(
        new Finding(
            verdict,
            subject,
            expected,
            known ? ((DrillException) problem).problem() : problem.toString(),
            List.of(),
            known ? ((DrillException) problem).hint() : "see the transcript"));
  }

  /** All of it, worst first. */
  List<Finding> findings(Set<String> secrets) {
    Redaction redaction = new Redaction(secrets);
    return findings.stream()
        .sorted(Comparator.comparing(Finding::verdict).reversed())
        .map(
            finding ->
                new Finding(
                    finding.verdict(),
                    finding.subject(),
                    redaction.clean(finding.expected()),
                    redaction.clean(finding.found()),
                    finding.examples().stream().map(redaction::clean).toList(),
                    finding.hint()))
        .toList();
  }
}
