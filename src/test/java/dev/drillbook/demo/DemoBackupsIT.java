package dev.drillbook.demo;

import static dev.drillbook.demo.Looks.checksumFits;
import static dev.drillbook.demo.Looks.gunzip;
import static dev.drillbook.demo.Looks.head;
import static dev.drillbook.demo.Looks.names;
import static dev.drillbook.demo.Looks.rows;
import static dev.drillbook.demo.Looks.run;
import static dev.drillbook.demo.Looks.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.NamePattern;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Made once, with a real server, and looked at with PostgreSQL's own tools. */
@ExtendWith(MadeDemo.Once.class)
class DemoBackupsIT {

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
    int beside = form == Form.DUMP ? 3 : 2;
    assertThat(names(demo.good(form))).hasSize((1 + beside) * found.size());
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
      Looks.Answer answer = run("pg_restore", "--format=directory", "--file=-", folder.toString());
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
            () ->
                DemoBackups.make(mine.getParent(), MadeDemo.NOW, 7, MadeDemo.PROGRAMS, said -> {}))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining(mine.getParent() + " is not empty");
    assertThatThrownBy(() -> DemoBackups.make(mine, MadeDemo.NOW, 7, MadeDemo.PROGRAMS, said -> {}))
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
                    folder,
                    Instant.parse("2024-02-01T00:00:00Z"),
                    7,
                    MadeDemo.PROGRAMS,
                    said -> {}))
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
}
