package dev.drillbook.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.NamePattern;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Made once, with a real server, and looked at with PostgreSQL's own tools. */
@ExtendWith(MadeDemo.Once.class)
class DemoBackupsIT {
  private static final String NEWEST = MadeDemo.NEWEST;
  private static final Installations PROGRAMS = MadeDemo.PROGRAMS;

  @TempDir Path scratch;
  private static MadeDemo made;
  private static DemoBackups demo;

  @BeforeAll
  static void make(MadeDemo given) {
    made = given;
    demo = given.demo();
  }

  @Test
  void nothingIsInTheTargetButWhatIsPromised() {
    assertThat(names(demo.target()))
        .containsExactly(
            "README.md",
            "bad",
            "escaped",
            "good",
            "good-encrypted",
            "good-sql",
            "good-tar",
            "plan");
    assertThat(names(demo.target().resolve("bad")))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(BadBackup.values()).map(BadBackup::id).toList());
    assertThat(demo.escaped()).isEmptyDirectory();
    assertThat(names(made.folder())).containsExactly("demo");
    assertThat(made.told()).as("nothing was left").hasSize(3 + BadBackup.values().length);
  }

  @ParameterizedTest
  @EnumSource
  void thePlansLoadAndFindTheirBackups(Form form) {
    DrillPlan plan = PlanLoader.load(demo.plan(form));
    RestoreCheck check = plan.restoreChecks().get(DemoBackups.POLICY);
    NamePattern pattern = check.files();
    List<String> found = names(demo.good(form)).stream().filter(pattern::matches).toList();
    assertThat(found)
        .as("the last seven nights, three more ends of weeks, three of months")
        .containsExactlyElementsOf(
            Stream.of(
                    "20251231",
                    "20260131",
                    "20260228",
                    "20260301",
                    "20260308",
                    "20260312",
                    "20260313",
                    "20260314",
                    "20260315",
                    "20260316",
                    "20260317",
                    "20260318")
                .map(day -> "shop_" + day + "_0200" + form.suffix())
                .toList());
    assertThat(found)
        .allSatisfy(
            name -> {
              Path file = demo.good(form).resolve(name);
              Instant night = pattern.timeIn(name, check.zone()).orElseThrow();
              assertThat(Files.getLastModifiedTime(file).toInstant())
                  .isEqualTo(night.plus(Duration.ofMinutes(3)));
              assertThat(checksumFits(file)).isTrue();
              Path globals = demo.good(form).resolve("globals_" + name.substring(5, 18) + ".sql");
              assertThat(globals)
                  .content()
                  .contains(
                      "CREATE ROLE shop;",
                      "CREATE ROLE shop_reports;",
                      "GRANT shop_reports TO shop")
                  .doesNotContain("drillbook")
                  .doesNotContain("PASSWORD 'SCRAM");
            });
    assertThat(names(demo.good(form))).hasSize(3 * found.size());
    assertThat(plan.scenarios().get(0).notDrilled()).isPresent();
  }

  @Test
  void everyGoodBackupCanBeReadToItsEnd() throws Exception {
    long earlier = 0;
    for (Path file : backups(Form.DUMP)) {
      String sql = run("pg_restore", "--file=-", file.toString()).output();
      long orders = rows(sql, "public.orders");
      assertThat(orders).as(file.toString()).isGreaterThan(earlier).isGreaterThanOrEqualTo(400);
      earlier = orders;
      for (String table : List.of("customers", "products", "order_lines", "payments")) {
        assertThat(rows(sql, "public." + table)).as(table).isPositive();
      }
      assertThat(rows(sql, "reports.daily_sales")).isPositive();
      assertThat(rows(sql, "public.gift_cards")).isZero();
    }
    for (Path file : backups(Form.SQL)) {
      assertThat(gunzip(file)).contains("\n-- PostgreSQL database dump complete\n");
    }
    for (Path file : backups(Form.TAR)) {
      Path folder = Files.createDirectory(scratch.resolve("untarred"));
      assertThat(run("tar", "-xf", file.toString(), "-C", folder.toString()).exit()).isZero();
      Answer answer = run("pg_restore", "--format=directory", "--file=-", folder.toString());
      assertThat(answer.exit()).isZero();
      assertThat(rows(answer.output(), "public.orders")).isGreaterThanOrEqualTo(400);
      MadeDemo.deleteTree(folder);
    }
  }

  @Test
  void opensslDecryptsWithTheKeyAndNotWithAnother() throws Exception {
    Path folder = demo.good(Form.ENCRYPTED);
    for (Path file : backups(Form.ENCRYPTED)) {
      Path plain = scratch.resolve("plain");
      assertThat(decrypt(file, plain)).isZero();
      String name = file.getFileName().toString().replace(".enc", "");
      assertThat(plain).hasSameBinaryContentAs(demo.good(Form.DUMP).resolve(name));
      Files.delete(plain);
    }
    assertThat(folder).isDirectory();
    Path garbage = scratch.resolve("garbage");
    int exit = decrypt(made.newest(BadBackup.WRONG_KEY), garbage);
    assertThat(exit != 0 || !head(garbage).startsWith("PGDMP")).isTrue();
    Files.deleteIfExists(garbage);
  }

  private static int decrypt(Path file, Path to) throws Exception {
    return run(
            "openssl",
            "enc",
            "-d",
            "-aes-256-cbc",
            "-pbkdf2",
            "-pass",
            "file:" + demo.target().resolve("plan/backups.key"),
            "-in",
            file.toString(),
            "-out",
            to.toString())
        .exit();
  }

  @ParameterizedTest
  @EnumSource
  void aBadCatalogueDiffersFromTheGoodOneInOneWayOnly(BadBackup kind) throws Exception {
    Path good = demo.good(kind.form());
    Path bad = demo.bad(kind);
    List<String> missing = new ArrayList<>(names(good));
    missing.removeAll(names(bad));
    List<String> added = new ArrayList<>(names(bad));
    added.removeAll(names(good));
    Set<String> changed = new TreeSet<>();
    for (String name : names(bad)) {
      if (!added.contains(name) && Files.mismatch(good.resolve(name), bad.resolve(name)) >= 0) {
        changed.add(name);
      }
    }
    String dump = "shop_" + NEWEST + kind.form().suffix();
    String sums = dump + ".sha256";
    switch (kind) {
      case EMPTY_CATALOGUE -> assertThat(names(bad)).isEmpty();
      case TOO_OLD -> {
        assertThat(missing).hasSize(9).allMatch(name -> name.matches(".*2026031[678].*"));
        assertThat(changed).isEmpty();
      }
      case MISSING_DAY ->
          assertThat(missing).hasSize(3).allMatch(name -> name.contains("20260315"));
      case MISSING_MONTH ->
          assertThat(missing).hasSize(3).allMatch(name -> name.contains("20260131"));
      case FUTURE_TIME -> assertThat(added).hasSize(3).allMatch(name -> name.contains("20260320"));
      case WRONG_CHECKSUM -> assertThat(changed).containsExactly(sums);
      case BIT_FLIP -> assertThat(changed).containsExactly(dump);
      case MISSING_ROLE -> assertThat(changed).containsExactly("globals_" + NEWEST + ".sql");
      default -> assertThat(changed).containsExactly(dump, sums);
    }
    boolean removes = kind == BadBackup.TOO_OLD || kind.name().matches("MISSING_(DAY|MONTH)");
    assertThat(!missing.isEmpty()).isEqualTo(removes || kind == BadBackup.EMPTY_CATALOGUE);
    assertThat(added.isEmpty()).isEqualTo(kind != BadBackup.FUTURE_TIME);
    if (kind != BadBackup.EMPTY_CATALOGUE && kind != BadBackup.TOO_OLD) {
      boolean fits = kind != BadBackup.WRONG_CHECKSUM && kind != BadBackup.BIT_FLIP;
      assertThat(checksumFits(made.newest(kind))).isEqualTo(fits);
    }
  }

  /** All that is not looked at by size or name must keep its size, or the size gives it away. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "EMPTY_CATALOGUE",
        "TOO_OLD",
        "EMPTY_FILE",
        "HALVED",
        "NO_ROWS",
        "COMPRESSION_BOMB",
        "WRONG_FORMAT_GZIP",
        "WRONG_FORMAT_DUMP"
      })
  void theSizeOfABadBackupDoesNotGiveItAway(BadBackup kind) throws IOException {
    double share =
        (double) Files.size(made.newest(kind)) / Files.size(made.goodNewest(kind.form()));
    assertThat(share).isBetween(0.85, 1.1);
  }

  @Test
  void brokenFilesAreBroken() throws Exception {
    assertThat(made.newest(BadBackup.EMPTY_FILE)).isEmptyFile();
    assertThatThrownBy(() -> gunzip(made.newest(BadBackup.TRUNCATED_GZIP)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> gunzip(made.newest(BadBackup.WRONG_FORMAT_GZIP)))
        .hasMessageContaining("Not in GZIP format");
    assertThat(head(made.newest(BadBackup.WRONG_FORMAT_DUMP))).startsWith("--\n-- PostgreSQL");

    Path truncated = made.newest(BadBackup.TRUNCATED_DUMP);
    assertThat(run("pg_restore", "--list", truncated.toString()).exit())
        .as("its list is whole")
        .isZero();
    assertThat(run("pg_restore", "--file=/dev/null", truncated.toString()).exit()).isNotZero();
    Path flipped = made.newest(BadBackup.BIT_FLIP_BEFORE_CHECKSUM);
    assertThat(run("pg_restore", "--file=/dev/null", flipped.toString()).exit()).isNotZero();

    Answer newer = run("pg_restore", "--list", made.newest(BadBackup.NEWER_MAJOR).toString());
    assertThat(newer.output())
        .contains("Dumped from database version: 99.", "Dumped by pg_dump version: 99.");
  }

  @Test
  void wrongRowsAreWrong() throws Exception {
    String good = sql(made.goodNewest(Form.DUMP));
    long orders = rows(good, "public.orders");
    String halved = sql(made.newest(BadBackup.HALVED));
    assertThat(rows(halved, "public.orders")).isEqualTo((orders + 1) / 2).isGreaterThan(400);
    assertThat(
            (double) Files.size(made.newest(BadBackup.HALVED))
                / Files.size(made.goodNewest(Form.DUMP)))
        .isLessThan(0.7);
    assertThat(rows(sql(made.newest(BadBackup.NO_ROWS)), "public.orders")).isZero();
    String onlyPayments = sql(made.newest(BadBackup.ONE_TABLE_EMPTY));
    assertThat(rows(onlyPayments, "public.payments")).isZero();
    assertThat(rows(onlyPayments, "public.orders")).isEqualTo(orders);
    assertThat(good).contains("2026-03-18 0").doesNotContain("2026-03-18 03");
    assertThat(sql(made.newest(BadBackup.STALE_REPLICA)))
        .contains("2026-03-12 0")
        .doesNotContain("2026-03-12 03");

    String constraint = "ADD CONSTRAINT order_lines_product_id_fkey";
    String dangling = sql(made.newest(BadBackup.BROKEN_FOREIGN_KEY));
    assertThat(good).contains(constraint);
    assertThat(dangling).doesNotContain(constraint);
    assertThat(rows(dangling, "public.products")).isEqualTo(rows(good, "public.products") - 5);
    assertThat(rows(dangling, "public.order_lines")).isEqualTo(rows(good, "public.order_lines"));

    assertThat(good).contains("setval('public.orders_id_seq', " + orders + ", true)");
    assertThat(sql(made.newest(BadBackup.SEQUENCE_BEHIND)))
        .contains("setval('public.orders_id_seq', 10, true)");
    assertThat(demo.bad(BadBackup.MISSING_ROLE).resolve("globals_" + NEWEST + ".sql"))
        .content()
        .contains("CREATE ROLE shop;")
        .doesNotContain("shop_reports");
    assertThat(good).contains("ALTER TABLE reports.daily_sales OWNER TO shop_reports");
  }

  @Test
  void hostileBackupsWouldDoHarm() throws Exception {
    assertThat(gunzip(made.newest(BadBackup.PSQL_SHELL_ESCAPE)))
        .contains("\n\\! touch '" + demo.escaped().resolve("psql-shell-escape") + "'\n");
    assertThat(gunzip(made.newest(BadBackup.COPY_PROGRAM)))
        .contains("FROM PROGRAM 'touch ''" + demo.escaped().resolve("copy-program") + "''';");
    assertThat(gunzip(made.newest(BadBackup.ERRORS_EXIT_0)))
        .contains("\nCREATE EXTENSION IF NOT EXISTS shop_search");
    Answer traversal = run("tar", "-tPf", made.newest(BadBackup.PATH_TRAVERSAL).toString());
    assertThat(traversal.output())
        .contains("toc.dat", "../../..", demo.escaped().resolve("path-traversal").toString());
    assertThat(traversal.exit()).isZero();
    Answer link = run("tar", "-tvf", made.newest(BadBackup.LINK_ESCAPE).toString());
    assertThat(link.output()).contains("more -> " + demo.escaped() + "\n", "more/link-escape");
    Path bomb = made.newest(BadBackup.COMPRESSION_BOMB);
    assertThat(Files.size(bomb)).isLessThan(10_000_000);
    try (InputStream in = new GZIPInputStream(Files.newInputStream(bomb))) {
      long bytes = 0;
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
      }
      assertThat(bytes).isEqualTo(1L << 30);
    }
  }

  /** That the files would appear is what makes their absence worth anything. */
  @Test
  void tarFollowsTheTrapsWhereItIsToldTo() throws Exception {
    Path folder = Files.createDirectory(scratch.resolve("trap"));
    for (BadBackup kind : List.of(BadBackup.PATH_TRAVERSAL, BadBackup.LINK_ESCAPE)) {
      run("tar", "-xPf", made.newest(kind).toString(), "-C", folder.toString());
      Path left = demo.escaped().resolve(kind.id());
      assertThat(left).exists();
      Files.delete(left);
    }
    MadeDemo.deleteTree(folder);
  }

  @Test
  void theReadmeHasEveryKind() {
    assertThat(demo.target().resolve("README.md"))
        .content()
        .contains(Stream.of(BadBackup.values()).map(kind -> "`bad/" + kind.id() + "/`").toList())
        .contains("20260318_0200 UTC (seed 7): 12 of 108 nights");
  }

  @Test
  void aTargetThatHoldsSomethingIsRefused() throws IOException {
    Path mine = Files.writeString(Files.createDirectory(scratch.resolve("mine")).resolve("a"), "b");
    assertThatThrownBy(
            () -> DemoBackups.make(mine.getParent(), MadeDemo.NOW, 7, PROGRAMS, said -> {}))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining(mine.getParent() + " is not empty");
    assertThatThrownBy(() -> DemoBackups.make(mine, MadeDemo.NOW, 7, PROGRAMS, said -> {}))
        .hasMessageContaining("is no folder");
    assertThat(mine).hasContent("b");
    MadeDemo.deleteTree(mine.getParent());
  }

  @Test
  void whatCouldNotBeMadeLeavesNothing() throws IOException {
    Path folder = Files.createDirectory(scratch.resolve("failed"));
    assertThatThrownBy(
            () ->
                DemoBackups.make(
                    folder, Instant.parse("2024-02-01T00:00:00Z"), 7, PROGRAMS, said -> {}))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("cannot be of 2024-02-01");
    assertThat(folder).isEmptyDirectory();
    Files.delete(folder);
  }

  private static List<Path> backups(Form form) {
    return names(demo.good(form)).stream()
        .filter(name -> name.endsWith(form.suffix()))
        .map(demo.good(form)::resolve)
        .toList();
  }

  private static List<String> names(Path folder) {
    String[] names = folder.toFile().list();
    assertThat(names).as(folder + " is a folder").isNotNull();
    return Stream.of(names).sorted().toList();
  }

  private static boolean checksumFits(Path file) throws Exception {
    String sums = file + ".sha256";
    assertThat(Path.of(sums)).content().endsWith("  " + file.getFileName() + "\n");
    String digest = run("sha256sum", file.toString()).output();
    return Files.readString(Path.of(sums)).startsWith(digest.substring(0, 64));
  }

  private static String gunzip(Path file) throws IOException {
    return Damage.gunzipped(Files.readAllBytes(file));
  }

  private static String head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(64), StandardCharsets.ISO_8859_1);
    }
  }

  private static String sql(Path dump) throws Exception {
    Answer answer = run("pg_restore", "--file=-", dump.toString());
    assertThat(answer.exit()).as(answer.output()).isZero();
    return answer.output();
  }

  /** How many rows a dump has of a table. */
  private static long rows(String sql, String table) {
    int copy = sql.indexOf("\nCOPY " + table + " (");
    if (copy < 0) {
      return 0;
    }
    int from = sql.indexOf('\n', copy + 1) + 1;
    return sql.substring(from, sql.indexOf("\\.\n", from)).lines().count();
  }

  private record Answer(int exit, String output) {}

  private static Answer run(String program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(program.startsWith("pg_") ? PROGRAMS.postgres("db").command(program) : program);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    PROGRAMS.postgres("db").applyTo(builder.environment());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), output);
  }
}
