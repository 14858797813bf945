package dev.drillbook.verification;

import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.RowDifference;
import dev.drillbook.snapshot.TableImage;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every table holds, to the last bit, what it held in the snapshot that the backup was taken from;
 * every collection, database of Redis and bucket, what it held when the backup was taken.
 */
public final class Fingerprints implements Check {

  private final List<String> wanted;

  private Fingerprints(List<String> wanted) {
    this.wanted = wanted;
  }

  public static Check fingerprints() {
    return new Fingerprints(List.of());
  }

  /**
   * The check, of nothing but the tables, collections, buckets and databases of Redis ({@code db0})
   * that are named: as they are in the plan, or after the component's name and a dot. A name that
   * fits nothing is a finding.
   */
  public static Check fingerprints(String first, String... more) {
    List<String> wanted = new ArrayList<>(List.of(more));
    wanted.add(first);
    return new Fingerprints(wanted);
  }

  @Override
  public String name() {
    return "fingerprints";
  }

  @Override
  public Examined examine(Evidence evidence) {
    Only only = new Only(wanted);
    List<Finding> findings = new ArrayList<>();
    int tables = 0;
    long rows = 0;
    for (Evidence.Database database : evidence.databases()) {
      if (!only.concerns(database)) {
        continue;
      }
      DatabaseImage checkpoint = database.checkpointImage();
      Map<String, TableImage> restored = database.restoredImage().tables();
      for (TableImage before : checkpoint.tables().values()) {
        if (only.names(database.spec().name(), before.table())) {
          tables++;
          rows += before.rows();
          compare(database, before, restored).ifPresent(findings::add);
        }
      }
    }
    StringBuilder coverage = new StringBuilder(tables + " tables, " + rows + " rows");
    for (Evidence.Stored store : evidence.stores()) {
      if (only.concerns(store)) {
        StoreFingerprints judgement = new StoreFingerprints(name(), store, findings);
        judgement.judge(only);
        rows += judgement.entries();
        coverage.append(judgement.coverage());
      }
    }
    only.unmet().forEach(unmet -> findings.add(only.notInTheCheckpoint(name(), unmet)));
    return new Examined(coverage.append(" against the checkpoint").toString(), rows, findings);
  }

  private Optional<Finding> compare(
      Evidence.Database database, TableImage before, Map<String, TableImage> restored) {
    boolean replaced =
        database.checkpointImage().replaced().contains(before.table())
            || database.restoredImage().replaced().contains(before.table());
    return replaced
        ? Optional.of(replaced(before))
        : compare(database, before, Optional.ofNullable(restored.get(before.table())));
  }

  private Finding replaced(TableImage before) {
    return Finding.unknown(
        name(),
        "what " + before.table() + " held can still be read when it is compared",
        "it was truncated or rewritten after the snapshot of it was opened, which takes its rows from the snapshot too",
        "TRUNCATE or ALTER TABLE while the backup is taken, or in a step after the restore?");
  }

  private Optional<Finding> compare(
      Evidence.Database database, TableImage before, Optional<TableImage> after) {
    String expected =
        database.spec().name()
            + "."
            + before.table()
            + " is as the backup's snapshot had it: "
            + before.rows()
            + " rows";
    if (after.isEmpty()) {
      return Optional.of(
          Finding.fail(
              name(), expected, "there is no such table", "read the restore step's transcript"));
    }
    if (before.fingerprint().equals(after.get().fingerprint())) {
      return Optional.empty();
    }
    String found =
        after.get().rows() == before.rows()
            ? after.get().rows() + " rows, but with different content"
            : after.get().rows() + " rows";
    return Optional.of(
        Finding.fail(
                name(),
                expected,
                found,
                "was another backup restored, or did anything write before or after the restore?")
            .withExamples(differences(database, before, after.get())));
  }

  /** The difference stands, whether or not its rows can be told. */
  private static List<String> differences(
      Evidence.Database database, TableImage before, TableImage after) {
    try {
      return database.rows().differences(before, after, Finding.MAX_EXAMPLES).stream()
          .map(RowDifference::toString)
          .toList();
    } catch (SQLException | DrillException e) {
      return List.of("which rows differ could not be found out: " + e.getMessage());
    }
  }
}
