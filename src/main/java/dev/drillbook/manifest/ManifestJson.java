package dev.drillbook.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.DatabaseSnapshot.Origin;
import dev.drillbook.snapshot.Fingerprint;
import dev.drillbook.snapshot.SchemaImage;
import dev.drillbook.snapshot.TableImage;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A manifest, field by field as it is written.
 *
 * @param schema {@link #SCHEMA}; it grows whenever a field changes its meaning or goes away, or
 *     rows are hashed in another way
 * @param kind {@link #KIND}
 * @param takenAt ISO 8601, UTC
 * @param serverMajor of PostgreSQL
 * @param tables with the number and the sum of the hashes of their rows, which is in hexadecimal
 * @param replaced tables that were truncated or rewritten while they were read
 * @param uncounted tables whose rows were left out
 * @param objects each object's definition by its kind and name
 * @param counters sequences that feed no column
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ManifestJson(
    int schema,
    String kind,
    String takenAt,
    String database,
    int serverMajor,
    String encoding,
    List<Table> tables,
    Set<String> replaced,
    Set<String> uncounted,
    SortedMap<String, String> objects,
    SortedMap<String, Sequence> counters) {

  static final int SCHEMA = 1;
  static final String KIND = "drillbook-manifest";

  record Table(String table, long rows, String sum) {}

  /**
   * @param last null where it has handed out nothing
   */
  record Sequence(long increment, boolean cycles, Long last) {}

  static ManifestJson of(Manifest manifest) {
    SortedMap<String, Sequence> counters = new TreeMap<>();
    manifest
        .image()
        .schema()
        .counters()
        .forEach(
            (name, counter) ->
                counters.put(
                    name,
                    new Sequence(
                        counter.increment(), counter.cycles(), counter.last().orElse(null))));
    return new ManifestJson(
        SCHEMA,
        KIND,
        manifest.takenAt().toString(),
        manifest.database(),
        manifest.origin().major(),
        manifest.origin().encoding(),
        manifest.image().tables().values().stream()
            .map(
                image ->
                    new Table(image.table(), image.rows(), image.fingerprint().sum().toString(16)))
            .toList(),
        new TreeSet<>(manifest.image().replaced()),
        new TreeSet<>(manifest.uncounted()),
        manifest.image().schema().objects(),
        counters);
  }

  /**
   * @throws RuntimeException if a field is missing, or holds no such thing
   */
  Manifest manifest() {
    SortedMap<String, TableImage> images = new TreeMap<>();
    for (Table table : tables) {
      Fingerprint fingerprint = new Fingerprint(table.rows(), new BigInteger(table.sum(), 16));
      images.put(
          table.table(),
          new TableImage(table.table(), fingerprint, Optional.empty(), Optional.empty()));
    }
    SortedMap<String, SchemaImage.Counter> noted = new TreeMap<>();
    for (Map.Entry<String, Sequence> counter : counters.entrySet()) {
      Sequence sequence = counter.getValue();
      noted.put(
          counter.getKey(),
          new SchemaImage.Counter(
              sequence.increment(), sequence.cycles(), Optional.ofNullable(sequence.last())));
    }
    return new Manifest(
        Instant.parse(takenAt),
        database,
        new Origin(serverMajor, encoding),
        new DatabaseImage(
            images,
            new SchemaImage(new TreeMap<>(objects), List.of(), noted),
            Set.copyOf(replaced)),
        uncounted);
  }
}
