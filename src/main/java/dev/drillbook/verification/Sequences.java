package dev.drillbook.verification;

import dev.drillbook.snapshot.SchemaImage.SequenceImage;
import dev.drillbook.timeline.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * Every sequence that feeds a column was ahead of what the column held when the restore had ended;
 * one that is behind hands out a key that is taken, and the first insert after the recovery fails.
 * Each such insert moves the sequence on, so that a look at the end would come too late.
 */
public final class Sequences implements Check {

  public static Check sequences() {
    return new Sequences();
  }

  @Override
  public String name() {
    return "sequences";
  }

  @Override
  public Examined examine(Evidence evidence) {
    List<Finding> findings = new ArrayList<>();
    int count = 0;
    for (Evidence.Database database : evidence.databases()) {
      for (SequenceImage sequence : database.restoredImage().schema().sequences()) {
        count++;
        judge(sequence, findings);
      }
    }
    return new Examined(count + " sequences", count, findings);
  }

  private void judge(SequenceImage sequence, List<Finding> findings) {
    if (sequence.next().isEmpty()) {
      findings.add(
          Finding.unknown(
              name(),
              sequence.sequence() + " and its column can be read",
              sequence.problem(),
              "may the application's role read both?"));
      return;
    }
    if (sequence.held().isEmpty()) {
      return;
    }
    boolean up = sequence.increment() > 0;
    long held = sequence.held().get();
    long next = sequence.next().get();
    if (up ? next <= held : next >= held) {
      findings.add(
          Finding.fail(
              name(),
              "%s hands out values beyond %s.%s, which holds %d"
                  .formatted(sequence.sequence(), sequence.table(), sequence.column(), held),
              "its next value is " + next,
              "run select setval('%s', (select %s(%s) from %s))"
                  .formatted(
                      sequence.sequence(),
                      up ? "max" : "min",
                      sequence.column(),
                      sequence.table())));
    }
  }
}
