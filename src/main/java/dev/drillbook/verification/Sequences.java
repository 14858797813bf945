package dev.drillbook.verification;

import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.SchemaImage.Counter;
import dev.drillbook.snapshot.SchemaImage.SequenceImage;
import dev.drillbook.timeline.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every sequence that feeds a column was ahead of what the column held when the restore had ended;
 * one that is behind hands out a key that is taken, and the first insert after the recovery fails.
 * Each such insert moves the sequence on, so that a look at the end would come too late.
 *
 * <p>A sequence feeds a column if it belongs to it, as with serial and identity, or if its next
 * value is the column's default. One that feeds none, such as a counter that the application asks
 * itself, must not be behind what it was when the backup began.
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
      // Where nothing is restored, a promoted standby say, there is only the end to look at.
      DatabaseImage image =
          database.checkpoint().isPresent() ? database.restoredImage() : database.latestImage();
      for (SequenceImage sequence : image.schema().sequences()) {
        count++;
        judge(sequence, findings);
      }
      if (database.checkpoint().isPresent()) {
        Map<String, Counter> restored = image.schema().counters();
        for (var counter : database.checkpointImage().schema().counters().entrySet()) {
          count++;
          Optional<Counter> now = Optional.ofNullable(restored.get(counter.getKey()));
          now.ifPresent(found -> judge(counter.getKey(), counter.getValue(), found, findings));
        }
      }
    }
    return new Examined(count + " sequences", count, findings);
  }

  /** What is missing is for the check of schema objects; what cycles has no order. */
  private void judge(String name, Counter before, Counter after, List<Finding> findings) {
    if (before.last().isEmpty() || before.cycles()) {
      return;
    }
    long handedOut = before.last().get();
    boolean up = before.increment() > 0;
    boolean behind =
        after.last().map(last -> up ? last < handedOut : last > handedOut).orElse(true);
    if (behind) {
      findings.add(
          Finding.fail(
              name(),
              name
                  + " hands out nothing that it had handed out by the backup, "
                  + (up ? "up to " : "down to ")
                  + handedOut,
              after
                  .last()
                  .map(last -> "the last value it handed out is " + last)
                  .orElse("it has handed out nothing yet"),
              "run select setval('" + name + "', " + handedOut + ")"));
    }
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
