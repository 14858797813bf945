package dev.drillbook.catalogue;

import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.util.List;
import java.util.stream.Stream;

/**
 * What looking at backups came to.
 *
 * @param findings what is wrong, or could not be judged
 * @param notes what is worth knowing and turns nothing red, a sentence without its full stop each
 */
public record Judgement(List<Finding> findings, List<String> notes) {

  public Judgement {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /** Nothing to tell. */
  static Judgement none() {
    return new Judgement(List.of(), List.of());
  }

  static Judgement of(Finding finding) {
    return new Judgement(List.of(finding), List.of());
  }

  static Judgement note(String note) {
    return new Judgement(List.of(), List.of(note));
  }

  /** The worst of its findings; PASS where there is none. */
  public Verdict verdict() {
    return findings.stream().map(Finding::verdict).reduce(Verdict.PASS, Verdict::and);
  }

  /** Both, this one's first. */
  public Judgement and(Judgement other) {
    return new Judgement(
        Stream.concat(findings.stream(), other.findings.stream()).toList(),
        Stream.concat(notes.stream(), other.notes.stream()).toList());
  }
}
