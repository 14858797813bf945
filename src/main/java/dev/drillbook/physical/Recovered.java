package dev.drillbook.physical;

import dev.drillbook.timeline.Finding;
import java.util.List;

/**
 * What a recovery that came to its end has told of the backup.
 *
 * @param findings what is wrong, or could not be proven
 * @param notes what is worth knowing, a sentence without its full stop each
 */
public record Recovered(List<Finding> findings, List<String> notes) {

  public Recovered {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }
}
