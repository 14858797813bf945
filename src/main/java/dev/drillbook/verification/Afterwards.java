package dev.drillbook.verification;

import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.KeptRows;
import dev.drillbook.snapshot.RowDifference;
import dev.drillbook.snapshot.RowDifference.Kind;
import dev.drillbook.snapshot.TableImage;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the restore brought back is still there once the clients have stopped: a later step of the
 * recovery that deletes or changes rows, or drops an object, undoes the restore unseen by whoever
 * looks only at what it left.
 *
 * <p>Clients change rows too, but only those of their own keys: per table, as many rows may be
 * changed or gone as the clients' updates and deletes can explain.
 */
public final class Afterwards {
  private static final String NAME = "after the restore";
  private static final String HINT =
      "which of the steps after the restore writes to the database? read their transcripts";

  private Afterwards() {}

  /**
   * Judges.
   *
   * @param restored what the last restoring step left
   * @param live what is there now
   * @param clientChanges how many updates and deletes of clients may have taken effect in between
   */
  public static CheckResult judge(
      Optional<DatabaseImage> restored, Optional<DatabaseImage> live, long clientChanges) {
    long started = System.nanoTime();
    List<Finding> findings = new ArrayList<>();
    String coverage = "nothing";
    if (restored.isEmpty() || live.isEmpty()) {
      findings.add(
          Finding.unknown(
              NAME,
              "what the restore left can be compared with what is there now",
              restored.isEmpty()
                  ? "what it left could not be read"
                  : "what is there now could not be read",
              "a step that restarts or replaces the database belongs to the restore: mark it restore: true"));
    } else {
      for (TableImage before : restored.get().tables().values()) {
        judge(before, Optional.ofNullable(live.get().tables().get(before.table())), clientChanges)
            .ifPresent(findings::add);
      }
      judgeObjects(restored.get(), live.get(), findings);
      coverage =
          "%d tables, %d rows, of which clients may have changed %d"
              .formatted(restored.get().tables().size(), restored.get().rows(), clientChanges);
    }
    Verdict verdict = findings.stream().map(Finding::verdict).reduce(Verdict.PASS, Verdict::and);
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    return new CheckResult(NAME, verdict, coverage, findings, took);
  }

  private static Optional<Finding> judge(
      TableImage before, Optional<TableImage> now, long clientChanges) {
    String expected =
        "the %d rows that the restore left in %s are still there as they were"
            .formatted(before.rows(), before.table());
    if (now.isEmpty()) {
      return Optional.of(Finding.fail(NAME, expected, "there is no such table any more", HINT));
    }
    if (before.fingerprint().equals(now.get().fingerprint())) {
      return Optional.empty();
    }
    if (before.kept().isEmpty() || now.get().kept().isEmpty()) {
      long gone = before.rows() - now.get().rows();
      return gone <= clientChanges
          ? Optional.empty()
          : Optional.of(Finding.fail(NAME, expected, now.get().rows() + " rows", HINT));
    }
    return judgeRows(before.kept().get(), now.get().kept().get(), clientChanges, expected);
  }

  private static Optional<Finding> judgeRows(
      KeptRows before, KeptRows now, long clientChanges, String expected) {
    List<RowDifference> differences = KeptRows.differences(before, now);
    List<String> missing = of(Kind.MISSING, differences);
    List<String> changed = of(Kind.CHANGED, differences);
    if (missing.size() + changed.size() <= clientChanges) {
      return Optional.empty();
    }
    String found =
        "%d are missing and %d differ, of which clients explain %d"
            .formatted(missing.size(), changed.size(), clientChanges);
    List<String> examples = new ArrayList<>(missing);
    examples.addAll(changed);
    return Optional.of(Finding.fail(NAME, expected, found, HINT).withExamples(examples));
  }

  private static List<String> of(Kind kind, List<RowDifference> differences) {
    return differences.stream()
        .filter(difference -> difference.kind() == kind)
        .map(RowDifference::toString)
        .toList();
  }

  private static void judgeObjects(
      DatabaseImage restored, DatabaseImage live, List<Finding> findings) {
    List<String> dropped =
        SchemaObjects.missing(restored.schema().objects(), live.schema().objects());
    if (!dropped.isEmpty()) {
      findings.add(
          Finding.fail(
                  NAME,
                  "every schema object that the restore left is still there",
                  dropped.size() + " are gone",
                  HINT)
              .withExamples(dropped));
    }
  }
}
