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
 * Every table holds, to the last bit, what it held in the snapshot that the backup was taken from.
 */
public final class Fingerprints implements Check {

  public static Check fingerprints() {
    return new Fingerprints();
  }

  @Override
  public String name() {
    return "fingerprints";
  }

  @Override
  public Examined examine(Evidence evidence) {
    List<Finding> findings = new ArrayList<>();
    int tables = 0;
    long rows = 0;
    for (Evidence.Database database : evidence.databases()) {
      DatabaseImage checkpoint = database.checkpointImage();
      Map<String, TableImage> restored = database.restoredImage().tables();
      for (TableImage before : checkpoint.tables().values()) {
        tables++;
        rows += before.rows();
        boolean replaced =
            checkpoint.replaced().contains(before.table())
                || database.restoredImage().replaced().contains(before.table());
        (replaced
                ? Optional.of(replaced(before))
                : compare(database, before, Optional.ofNullable(restored.get(before.table()))))
            .ifPresent(findings::add);
      }
    }
    return new Examined(
        tables + " tables, " + rows + " rows against the checkpoint", rows, findings);
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
