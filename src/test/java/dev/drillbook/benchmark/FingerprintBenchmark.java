package dev.drillbook.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.site.Command;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Site;
import dev.drillbook.site.Transcript;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.site.embedded.TestPlans;
import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.DatabaseSnapshot;
import dev.drillbook.snapshot.RowDifference;
import dev.drillbook.snapshot.TableImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fingerprints against what else tells whether two tables are equal. All ways take their turn in
 * each round, so that a machine that slows down slows all of them down; a first round warms memory
 * and files up.
 */
class FingerprintBenchmark {
  private static final int ROUNDS = 5;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
  private final BenchmarkReport report = new BenchmarkReport("fingerprint");

  private interface Way {
    void go() throws Exception;
  }

  @Test
  void fingerprintsAgainstWhatElseThereIs(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("scripts"));
    Path script = folder.resolve("scripts").resolve("dump-hash.sh");
    Files.writeString(script, "#!/bin/sh\npg_dump -t \"$1\" | sha256sum\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    try (Site site =
        EmbeddedSite.create(
            TestPlans.oneDatabase(folder, "create table t (id bigint primary key);"),
            1,
            Installations.ofThisMachine(System.getenv(), said -> {}))) {
      Postgres db = site.postgres("db");
      site.bringUp();
      createTables(db);
      for (String table : List.of("acc", "mix")) {
        compare(site, db, table);
      }
      locate(db);
    }
    System.out.println("fingerprints: " + report.write());
  }

  private static void createTables(Postgres db) throws SQLException {
    execute(
        db,
        "create table acc (aid int primary key, bid int, abalance int, filler char(84))",
        "insert into acc select g, g / 100000, 0, '' from generate_series(1, 5000000) g",
        "create table mix (id int primary key, amount numeric(14,4), ratio float8, doc jsonb, note text,"
            + " blob bytea, at timestamptz)",
        "insert into mix select g, g * 1.2345, sqrt(g), jsonb_build_object('a', g, 'b', md5(g::text)),"
            + " md5(g::text) || ' is a note', decode(md5((g * 7)::text), 'hex'),"
            + " timestamptz '2026-01-01' + g * interval '1 second' from generate_series(1, 2000000) g",
        "vacuum analyze");
  }

  private void compare(Site site, Postgres db, String table) throws Exception {
    Command dump = db.script("dump-hash.sh", table);
    String key = table.equals("acc") ? "aid" : "id";
    for (int round = 0; round <= ROUNDS; round++) {
      time(round, table + ": fingerprint", () -> fingerprint(db, table));
      time(round, table + ": count(*)", () -> execute(db, "select count(*) from " + table));
      time(
          round,
          table + ": pg_dump | sha256sum",
          () -> dump.perform(new Transcript(site.secrets()), LIMIT));
      time(
          round,
          table + ": md5(string_agg(t::text order by key))",
          () ->
              execute(
                  db,
                  "select md5(string_agg(t::text, ',' order by t.%s)) from %s t"
                      .formatted(key, table)));
    }
    double own = median(table + ": fingerprint");
    for (String name : List.copyOf(seconds.keySet())) {
      if (name.startsWith(table)) {
        print(name, median(name), median(name) / own);
      }
    }
  }

  /** One changed row of five million: the original is gone, but for what the checkpoint kept. */
  private void locate(Postgres db) throws Exception {
    DatabaseImage original;
    long started = System.nanoTime();
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(db)) {
      original = snapshot.readAsOriginal();
    }
    double checkpoint = since(started);
    int[] rows = {2_500_000, 1, 1_234_567, 3_333_333, 4_999_999, 777_777};
    for (int round = 0; round <= ROUNDS; round++) {
      String where = " where aid = " + rows[round];
      execute(db, "update acc set abalance = 1" + where);
      time(round, "beside locating: fingerprint", () -> fingerprint(db, "acc"));
      locate(db, round, original.tables().get("acc"), "(" + rows[round] + ")");
      execute(db, "update acc set abalance = 0" + where);
    }
    double own = median("beside locating: fingerprint");
    print("acc: one changed row located", median("locate"), median("locate") / own);
    print("both tables: checkpoint with what it takes to locate rows", checkpoint, Double.NaN);
  }

  private void locate(Postgres db, int round, TableImage expected, String row) throws Exception {
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(db)) {
      TableImage found =
          new TableImage("acc", snapshot.fingerprint("acc"), Optional.empty(), Optional.empty());
      List<RowDifference> differences = new ArrayList<>();
      time(round, "locate", () -> differences.addAll(snapshot.differences(expected, found, 10)));
      assertThat(differences).extracting(RowDifference::row).containsExactly(row);
    }
  }

  private static void fingerprint(Postgres db, String table) throws SQLException {
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(db)) {
      assertThat(snapshot.fingerprint(table).rows()).isPositive();
    }
  }

  private void time(int round, String name, Way way) throws Exception {
    long started = System.nanoTime();
    way.go();
    if (round > 0) {
      seconds.computeIfAbsent(name, none -> new ArrayList<>()).add(since(started));
    }
  }

  private static double since(long startedNanos) {
    return (System.nanoTime() - startedNanos) / 1e9;
  }

  private double median(String name) {
    return seconds.get(name).stream()
        .mapToDouble(Double::doubleValue)
        .sorted()
        .toArray()[ROUNDS / 2];
  }

  private void print(String name, double took, double ratio) {
    report.add(name, took, "s");
    String against = "";
    if (!Double.isNaN(ratio)) {
      report.add(name + ", against the fingerprint", ratio, "ratio");
      against = String.format(Locale.ROOT, "%8.2f x the fingerprint", ratio);
    }
    System.out.printf(Locale.ROOT, "%-60s %7.2f s%s%n", name, took, against);
  }

  private static void execute(Postgres db, String... statements) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
