package dev.drillbook.verification;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.plan.ComponentSpec.TableSpec;
import dev.drillbook.site.Postgres;
import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.Fingerprint;
import dev.drillbook.snapshot.KeptRows;
import dev.drillbook.snapshot.RowFinder;
import dev.drillbook.snapshot.SchemaImage;
import dev.drillbook.snapshot.TableImage;
import dev.drillbook.timeline.DrillClock;
import dev.drillbook.workload.Clients;
import dev.drillbook.workload.Contents;
import dev.drillbook.workload.LoadProfile;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.ProbeProfile;
import dev.drillbook.workload.Workload;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Evidence of one database, made by hand. */
final class Evidences {
  private Evidences() {}

  static Evidence of(
      Map<String, TableSpec> planned,
      Optional<DatabaseImage> checkpoint,
      Optional<DatabaseImage> restored) {
    return of(planned, FakePostgres.make(), checkpoint, restored, new Silent());
  }

  static Evidence of(Postgres server) {
    return of(Map.of(), server, Optional.empty(), Optional.empty(), new Silent());
  }

  static Evidence of(Postgres server, DatabaseImage checkpoint, DatabaseImage restored) {
    return of(Map.of(), server, Optional.of(checkpoint), Optional.of(restored), new Silent());
  }

  static Evidence of(Workload workload) {
    return of(Map.of(), FakePostgres.make(), Optional.empty(), Optional.empty(), workload);
  }

  static Evidence ofNothing() {
    return new Evidence(List.of(), clients(new Silent()));
  }

  private static Evidence of(
      Map<String, TableSpec> planned,
      Postgres server,
      Optional<DatabaseImage> checkpoint,
      Optional<DatabaseImage> restored,
      Workload workload) {
    ComponentSpec.Postgres spec =
        new ComponentSpec.Postgres(
            "db",
            OptionalInt.empty(),
            "shop",
            "clerk",
            "schema.sql",
            Optional.empty(),
            planned,
            false,
            List.of());
    return new Evidence(
        List.of(
            new Evidence.Database(
                spec,
                server,
                checkpoint,
                restored,
                Optional.empty(),
                "",
                RowFinder.AMONG_KEPT_ROWS)),
        clients(workload));
  }

  static DatabaseImage image(TableImage... tables) {
    Map<String, TableImage> byName = new TreeMap<>();
    Arrays.stream(tables).forEach(table -> byName.put(table.table(), table));
    return new DatabaseImage(new TreeMap<>(byName), new SchemaImage(new TreeMap<>(), List.of()));
  }

  /** A small table of the columns id, its key, and v. */
  static TableImage table(String name, Map<Integer, Integer> rows) {
    KeptRows.Builder kept = new KeptRows.Builder(List.of("id", "v"), List.of(0));
    long sum = 0;
    for (Map.Entry<Integer, Integer> row : new TreeMap<>(rows).entrySet()) {
      kept.add(List.of(row.getKey().toString(), row.getValue().toString()));
      sum += 31L * row.getKey() + row.getValue();
    }
    return new TableImage(
        name,
        new Fingerprint(rows.size(), BigInteger.valueOf(sum)),
        Optional.of(kept.build()),
        Optional.empty());
  }

  /** A table too large for its rows to be kept. */
  static TableImage large(String name, long rows, long sum) {
    return new TableImage(
        name, new Fingerprint(rows, BigInteger.valueOf(sum)), Optional.empty(), Optional.empty());
  }

  /** Has its clients' write to {@code key} acknowledged. */
  static void write(Evidence evidence, Operation.Kind kind, String key) {
    Operation operation = new Operation(kind, key, "1", timeout -> {});
    evidence.clients().ledger().invoke(operation).acknowledged();
  }

  private static Clients clients(Workload workload) {
    return new Clients(
        DrillClock.start(), workload, LoadProfile.standard(), ProbeProfile.standard());
  }

  /** Writes nothing. */
  static class Silent implements Workload {

    @Override
    public String name() {
      return "silent";
    }

    @Override
    public Operation next(long sequence) {
      return insert("write-" + sequence);
    }

    @Override
    public Operation insert(String tag) {
      return new Operation(Operation.Kind.INSERT, tag, "1", timeout -> {});
    }

    @Override
    public Optional<String> read(String key, Duration timeout) throws Exception {
      return Optional.empty();
    }

    @Override
    public void contents(Contents sink) {}
  }
}
