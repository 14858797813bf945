package dev.drillbook.restorecheck;

import dev.drillbook.manifest.Manifest;
import dev.drillbook.site.Postgres;
import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.DatabaseSnapshot;
import dev.drillbook.snapshot.DatabaseSnapshot.Origin;
import dev.drillbook.snapshot.SchemaImage;
import dev.drillbook.snapshot.TableImage;
import dev.drillbook.timeline.Finding;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;
import dev.drillbook.verification.Fingerprints;
import dev.drillbook.verification.SchemaObjects;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was restored is what the database held in the snapshot that the backup was taken in: every
 * row of every table, and every definition.
 *
 * <p>Text is compared as bytes: of a database that encodes it otherwise only counts are. Each major
 * version writes definitions in its own way: from another one's, only what there is.
 */
final class AsInManifest implements Check {
  private final Postgres database;
  private final Manifest manifest;

  AsInManifest(Postgres database, Manifest manifest) {
    this.database = database;
    this.manifest = manifest;
  }

  @Override
  public String name() {
    return "manifest";
  }

  @Override
  public Examined examine(Evidence evidence) throws Exception {
    Evidence.Database restored = evidence.databases().get(0);
    DatabaseImage image = restored.restored().orElseThrow();
    Origin here = origin();
    List<Finding> findings = new ArrayList<>();
    boolean sameBytes = here.encoding().equals(manifest.origin().encoding());
    if (!sameBytes) {
      findings.add(otherBytes(here));
    }
    Evidence expected = expecting(restored, image, sameBytes, here);
    findings.addAll(Fingerprints.fingerprints().examine(expected).findings());
    int definitions = manifest.image().schema().objects().size();
    if (definitions > 0) {
      findings.addAll(SchemaObjects.schemaObjects().examine(expected).findings());
    }
    return new Examined(
        "%d tables, %d rows, %d definitions against the manifest of %s%s"
            .formatted(
                manifest.tables(),
                manifest.rows(),
                definitions,
                manifest.takenAt(),
                manifest.uncounted().isEmpty()
                    ? ""
                    : ", without the rows of " + String.join(", ", manifest.uncounted())),
        manifest.tables(),
        findings);
  }

  private Origin origin() throws SQLException {
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(database)) {
      return snapshot.origin();
    }
  }

  private Finding otherBytes(Origin here) {
    return Finding.unknown(
        name(),
        "rows are restored into a database of the encoding that they were read in",
        "that was %s, and the store is %s: the same text is other bytes"
            .formatted(manifest.origin().encoding(), here.encoding()),
        "their numbers are compared, and nothing else is known of them: convert production to UTF8");
  }

  private Evidence expecting(
      Evidence.Database restored, DatabaseImage image, boolean sameBytes, Origin here) {
    SortedMap<String, TableImage> tables = new TreeMap<>(manifest.image().tables());
    if (!sameBytes) {
      tables.replaceAll((name, table) -> equalIfAsMany(table, image.tables().get(name)));
    }
    SortedMap<String, String> objects = new TreeMap<>(manifest.image().schema().objects());
    if (here.major() != manifest.origin().major()) {
      Map<String, String> found = image.schema().objects();
      objects.replaceAll((name, definition) -> found.getOrDefault(name, definition));
    }
    DatabaseImage expected =
        new DatabaseImage(
            tables,
            new SchemaImage(objects, List.of(), manifest.image().schema().counters()),
            manifest.image().replaced());
    return Evidence.withoutClients(
        List.of(
            new Evidence.Database(
                restored.spec(),
                restored.server(),
                Optional.of(expected),
                restored.restored(),
                restored.live(),
                restored.unreadable(),
                restored.rows())),
        List.of());
  }

  private static TableImage equalIfAsMany(TableImage expected, TableImage found) {
    return found != null && found.rows() == expected.rows() ? found : expected;
  }
}
