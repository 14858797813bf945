package dev.drillbook.verification;

import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.KeptRows;
import dev.drillbook.snapshot.RowDifference;
import dev.drillbook.snapshot.RowDifference.Kind;
import dev.drillbook.snapshot.TableImage;
import dev.drillbook.snapshot.UndoneRows;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.sql.SQLException;
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
 * changed or gone as the clients' updates and deletes can explain. Rows that came in since then are
 * not looked at, and hide none that is gone. What cannot be compared is a finding too.
 */
public final class Afterwards {
  private static final String NAME = "after the restore";
  private static final String HINT =
      "which of the steps after the restore writes to the database? read their transcripts";

  private final long clientChanges;
  private final UndoneRows undone;

  private Afterwards(long clientChanges, UndoneRows undone) {
    this.clientChanges = clientChanges;
    this.undone = undone;
  }

  /**
   * Judges.
   *
   * @param restored what the last restoring step left
   * @param live what is there now
   * @param clientChanges how many updates and deletes of clients may have taken effect in between
   * @param undone looks for rows of tables too large for their images to hold the rows
   */
  public static CheckResult judge(
      Optional<DatabaseImage> restored,
      Optional<DatabaseImage> live,
      long clientChanges,
      UndoneRows undone) {
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
      Afterwards judgement = new Afterwards(clientChanges, undone);
      for (TableImage before : restored.get().tables().values()) {
        boolean replaced = restored.get().replaced().contains(before.table());
        Optional<TableImage> now = Optional.ofNullable(live.get().tables().get(before.table()));
        (replaced ? Optional.of(replaced(before)) : judgement.judge(before, now))
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

  private static Finding replaced(TableImage before) {
    return Finding.fail(
        NAME,
        "the rows that the restore left in " + before.table() + " are still there as they were",
        "the table was truncated or rewritten since: what the restore left in it is gone, also from the snapshot of it",
        "TRUNCATE or ALTER TABLE in a later step? if the step belongs to the restore, mark it restore: true");
  }

  private Optional<Finding> judge(TableImage before, Optional<TableImage> now) {
    String expected =
        "the %d rows that the restore left in %s are still there as they were"
            .formatted(before.rows(), before.table());
    if (now.isEmpty()) {
      return Optional.of(Finding.fail(NAME, expected, "there is no such table any more", HINT));
    }
    if (before.fingerprint().equals(now.get().fingerprint())) {
      return Optional.empty();
    }
    try {
      int limit = (int) Math.min(Integer.MAX_VALUE, clientChanges + Finding.MAX_EXAMPLES);
      Optional<List<RowDifference>> differences =
          before.kept().isPresent() && now.get().kept().isPresent()
              ? amongKept(before.kept().get(), now.get().kept().get())
              : undone.find(before, now.get(), limit);
      return differences.isPresent()
          ? judgeRows(differences.get(), limit, expected)
          : judgeWholes(before, now.get(), expected);
    } catch (SQLException | DrillException e) {
      return Optional.of(
          Finding.unknown(
              NAME,
              expected,
              "which rows differ could not be found out: " + e.getMessage(),
              "see the database's log"));
    }
  }

  private static Optional<List<RowDifference>> amongKept(KeptRows before, KeptRows now) {
    if (!before.isComparableTo(now)) {
      return Optional.empty();
    }
    KeptRows shared = before.sharedWith(now);
    return Optional.of(KeptRows.differences(shared, shared.likewise(now)));
  }

  private Optional<Finding> judgeRows(List<RowDifference> differences, int limit, String expected) {
    List<String> missing = of(Kind.MISSING, differences);
    List<String> changed = of(Kind.CHANGED, differences);
    if (missing.size() + changed.size() <= clientChanges) {
      return Optional.empty();
    }
    String found =
        "%s%d are missing and %d differ, of which clients explain %d"
            .formatted(
                missing.size() + changed.size() == limit ? "at least " : "",
                missing.size(),
                changed.size(),
                clientChanges);
    List<String> examples = new ArrayList<>(missing);
    examples.addAll(changed);
    return Optional.of(Finding.fail(NAME, expected, found, HINT).withExamples(examples));
  }

  /**
   * Of tables whose rows cannot be told apart, only their number and their fingerprint are known.
   */
  private Optional<Finding> judgeWholes(TableImage before, TableImage now, String expected) {
    long gone = before.rows() - now.rows();
    if (gone > clientChanges) {
      return Optional.of(Finding.fail(NAME, expected, now.rows() + " rows", HINT));
    }
    if (gone == 0 && clientChanges == 0) {
      return Optional.of(
          Finding.fail(NAME, expected, now.rows() + " rows, but with different content", HINT));
    }
    return Optional.of(
        Finding.unknown(
            NAME,
            expected,
            now.rows() + " rows, which cannot be compared one by one: they have no key that lasted",
            "give the table a primary key of ordinary types, or leave the key as it was restored"));
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
