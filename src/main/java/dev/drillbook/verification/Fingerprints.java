package dev.drillbook.verification;

import dev.drillbook.timeline.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

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
        compare(database.spec().name(), before, Optional.ofNullable(restored.get(before.table())))
            .ifPresent(findings::add);
      }
    }
    return new Examined(
        tables + " tables, " + rows + " rows against the checkpoint", rows, findings);
  }

  private Optional<Finding> compare(
      String component, TableImage before, Optional<TableImage> after) {
    String expected =
        component
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
    if (before.rows() == after.get().rows()
        && before.fingerprint().equals(after.get().fingerprint())) {
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
            .withExamples(differences(before.rowHashes(), after.get().rowHashes())));
  }

  private static List<String> differences(Map<String, Long> before, Map<String, Long> after) {
    if (before.isEmpty()) {
      return List.of();
    }
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    return keys.stream()
        .filter(key -> !java.util.Objects.equals(before.get(key), after.get(key)))
        .limit(Finding.MAX_EXAMPLES)
        .map(
            key ->
                "row "
                    + key
                    + (after.get(key) == null
                        ? " is missing"
                        : before.get(key) == null ? " was not in the backup" : " differs"))
        .toList();
  }
}
