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

import dev.drillbook.demo.Looks.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each bad catalogue is wrong in its way, and in no other. */
@ExtendWith(MadeDemo.Once.class)
class BadBackupsIT {
  private static final String NEWEST = MadeDemo.NEWEST;

  @TempDir Path scratch;
  private static MadeDemo made;
  private static DemoBackups demo;

  @BeforeAll
  static void make(MadeDemo given) {
    made = given;
    demo = given.demo();
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
        assertThat(missing).hasSize(12).allMatch(name -> name.matches(".*2026031[678].*"));
        assertThat(changed).isEmpty();
      }
      case MISSING_DAY ->
          assertThat(missing).hasSize(4).allMatch(name -> name.contains("20260315"));
      case MISSING_MONTH ->
          assertThat(missing).hasSize(4).allMatch(name -> name.contains("20260131"));
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
      assertThat(bytes).isGreaterThan(1L << 30);
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
}
