package dev.drillbook.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drillbook.cli.Drillbook;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Site;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the restore check of a dump of 2 GB costs above the bare restore of it, {@code pg_restore}
 * into an empty server of the same settings, and what memory it takes, beside that of a small dump.
 * The two take turns.
 */
class RestoreCheckBenchmark {
  private static final int ROUNDS = 3;

  /** Of pgbench: about 9.8 MB of dump each. */
  private static final int LARGE = 210;

  private static final int SMALL = 2;
  private static final String HEAP = "-Xmx96m";
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private final BenchmarkReport report = new BenchmarkReport("restore-check");

  /** What one check took. */
  private record Check(double seconds, JsonNode line, double peakMegabytes) {}

  @Test
  void againstTheBareRestore(@TempDir Path folder) throws Exception {
    Path small = dump(folder, SMALL);
    Path large = dump(folder, LARGE);
    Check first = check(folder, small);
    List<Double> bare = new ArrayList<>();
    List<Double> checks = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    Check last = first;
    for (int round = 0; round < ROUNDS; round++) {
      double hand = byHandSeconds(folder, large);
      last = check(folder, large);
      bare.add(hand);
      checks.add(last.seconds());
      ratios.add(last.seconds() / hand);
    }
    System.out.printf(
        Locale.ROOT,
        "restore check of %.2f GB: %.1f s, bare pg_restore %.1f s, ratio %.2f (medians of %d rounds; ratios %s)%n",
        Files.size(large) / 1e9,
        median(checks),
        median(bare),
        median(ratios),
        ROUNDS,
        ratios.stream().map(ratio -> String.format(Locale.ROOT, "%.2f", ratio)).toList());
    for (JsonNode stage : last.line().get("stages")) {
      System.out.printf(
          Locale.ROOT,
          "  %-10s %6.1f s%n",
          stage.get("name").asText(),
          stage.get("millis").asLong() / 1e3);
    }
    System.out.printf(
        Locale.ROOT,
        "memory with a heap of %s, peak of the process: %.0f MB for %.0f MB, %.0f MB for %.0f MB%n",
        HEAP.substring(4),
        first.peakMegabytes(),
        Files.size(small) / 1e6,
        last.peakMegabytes(),
        Files.size(large) / 1e6);
    System.out.println(
        "restore check: "
            + report
                .add("check", median(checks), "s")
                .add("bare restore", median(bare), "s")
                .add("ratio", median(ratios), "1")
                .add("peak memory, small dump", first.peakMegabytes(), "MB")
                .add("peak memory, large dump", last.peakMegabytes(), "MB")
                .write());
  }

  private static DrillPlan plan(Path folder) throws IOException {
    Files.writeString(folder.resolve("schema.sql"), "create table t (id int primary key);");
    return PlanLoader.load(
        Files.writeString(
            folder.resolve("plan.yaml"),
            """
            system: bench
            title: Accounts
            components:
              db:
                kind: postgres
                database: bench
                user: clerk
                schema: schema.sql
                tables:
                  t: {mayBeEmpty: true}
                  pgbench_accounts: {minimumRows: 100}
                  pgbench_branches: {minimumRows: 1}
                  pgbench_tellers: {minimumRows: 10}
                  pgbench_history: {mayBeEmpty: true}
            backups:
              nightly: {component: db, schedule: "0 2 * * *", retention: 1d, location: db, encryption: none}
            restoreChecks:
              nightly: {files: "bench_{yyyyMMdd_HHmmss}.dump", keep: {daily: 1}}
            scenarios:
              loss:
                title: Loss
                severity: P1
                rto: 1h
                rpo: 26h
                backup: nightly
                notDrilled: only its backups are looked at
                steps:
                  - {id: restore, kind: automated, budget: 1h, restore: true}
            """));
  }

  private static Site site(Path folder) throws IOException {
    return EmbeddedSite.create(
        plan(folder),
        SiteSettings.ofScale(1),
        Installations.ofThisMachine(System.getenv(), said -> {}));
  }

  private static Path dump(Path folder, int scale) throws Exception {
    Path catalogue = Files.createDirectories(folder.resolve("scale-" + scale));
    Path shared = Files.createTempDirectory("drillbook-benchmark");
    assertThat(shared.toFile().setWritable(true, false)).isTrue();
    assertThat(shared.toFile().setExecutable(true, false)).isTrue();
    String stamp =
        DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss")
            .withZone(ZoneOffset.UTC)
            .format(Instant.now());
    Path dump = shared.resolve("bench_" + stamp + ".dump");
    try (Site site = site(folder)) {
      Postgres db = site.postgres("db");
      site.bringUp();
      db.tool("pgbench", "-i", "-q", "-s", "" + scale).perform();
      db.tool("pg_dump", "-Fc", "-Z0", "--file=" + dump).perform();
    }
    Path kept = Files.move(dump, catalogue.resolve(dump.getFileName()));
    Files.delete(shared);
    return kept;
  }

  /** An empty server is there already; its start takes part of a second. */
  private static double byHandSeconds(Path folder, Path dump) throws Exception {
    try (Site site = site(folder)) {
      Postgres db = site.postgres("db");
      db.provision();
      assertThat(dump.toFile().setReadable(true, false)).isTrue();
      Path shared =
          Files.createDirectories(site.backupFolder(plan(folder).backup("nightly").orElseThrow()));
      Path copy = Files.createLink(shared.resolve("bare.dump"), dump);
      long began = System.nanoTime();
      db.tool("pg_restore", "--dbname=bench", copy.toString()).perform();
      return (System.nanoTime() - began) / 1e9;
    }
  }

  private static Check check(Path folder, Path dump) throws Exception {
    Path history = Files.createTempFile(folder, "checks", ".jsonl");
    Process check =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                Drillbook.class.getName(),
                "restore-check",
                "--plan",
                plan(folder).file().toString(),
                "--backups",
                dump.getParent().toString(),
                "--history",
                history.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("check.log").toFile())
            .start();
    double peak = 0;
    while (!check.waitFor(500, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peakMegabytes(check));
    }
    assertThat(check.exitValue()).as(Files.readString(folder.resolve("check.log"))).isZero();
    JsonNode line = new ObjectMapper().readTree(Files.readString(history));
    return new Check(line.get("tookMillis").asLong() / 1e3, line, peak);
  }

  private static double peakMegabytes(Process process) throws IOException {
    Path status = Path.of("/proc", "" + process.pid(), "status");
    try {
      Matcher peak = PEAK.matcher(Files.readString(status));
      return peak.find() ? Double.parseDouble(peak.group(1)) / 1e3 : 0;
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private static double median(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sorted().toArray()[values.size() / 2];
  }
}
