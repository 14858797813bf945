package dev.drillbook.unpacking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.plan.RestoreCheck.Format;
import dev.drillbook.plan.RestoreCheck.Limits;
import dev.drillbook.site.Command;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Site;
import dev.drillbook.site.Transcript;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.site.embedded.TestPlans;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the machine's pg_dump, pg_dumpall and pg_restore write and read. */
class PgDumpFormatsIT {
  private static Site site;
  private static Path dumps;
  private static int major;

  @TempDir Path folder;
  private BackupMaker maker;

  @BeforeAll
  static void dump(@TempDir Path planFolder) throws Exception {
    dumps = Files.createDirectories(planFolder.resolve("dumps"));
    Files.createDirectories(planFolder.resolve("scripts"));
    Path script =
        Files.writeString(
            planFolder.resolve("scripts/dump.sh"),
            """
            #!/usr/bin/env bash
            set -euo pipefail
            for z in 0 9; do
              pg_dump -Fc -Z$z -f %1$s/z$z.dump
              pg_dump -Fd -Z$z -f %1$s/z$z
            done
            pg_dump -Ft -f %1$s/shop.tar
            pg_dump -f %1$s/shop.sql
            pg_dump --inserts -f %1$s/inserts.sql
            pg_dump --create -f %1$s/create.sql
            """
                .formatted(dumps));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    site =
        EmbeddedSite.create(
            TestPlans.oneDatabase(planFolder, "create table t (id bigint primary key, v text);"),
            1,
            Installations.ofThisMachine(System.getenv(), said -> {}));
    Postgres db = site.postgres("db");
    site.bringUp();
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into t select i, E'\\\\! id \\n \\\\.\\n \\t it''s \"$$' || i from generate_series(1, 500) i");
      statement.execute("create table \"from\" (\"stdin\" text default E'C:\\\\')");
      statement.execute(
          "create view v as select id, case when id > 1 then 'a' else 'b' end from t");
      statement.execute(
          "create function f() returns int language plpgsql as $f$ begin return 1; /* ' */ end $f$");
      major = connection.getMetaData().getDatabaseMajorVersion();
    }
    Command command = db.script("dump.sh");
    command.perform(new Transcript(command.secrets()), Duration.ofMinutes(1));
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @BeforeEach
  void make() {
    maker = new BackupMaker(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"z0.dump", "z9.dump"})
  void theCustomFormatSaysWhatMadeIt(String name) throws Exception {
    byte[] packed = maker.through(Files.readAllBytes(dumps.resolve(name)), "gzip", "-c");

    Unpacked unpacked = maker.unpack(name + ".gz", packed);

    assertThat(unpacked.format()).isEqualTo(Format.CUSTOM);
    assertThat(unpacked.path()).hasSameBinaryContentAs(dumps.resolve(name));
    comesFromHere(unpacked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"z0", "z9"})
  void theDirectoryFormatIsReadAsItIsStored(String name) throws Exception {
    Unpacked unpacked = maker.unpack(Limits.STANDARD, Optional.empty(), files(dumps.resolve(name)));

    assertThat(unpacked.format()).isEqualTo(Format.DIRECTORY);
    comesFromHere(unpacked);
    listsTheTable(unpacked.path());
  }

  @Test
  void theTarFormatBecomesTheDirectoryFormat() throws Exception {
    Unpacked unpacked = maker.unpack("shop.tar", Files.readAllBytes(dumps.resolve("shop.tar")));

    assertThat(unpacked.format()).isEqualTo(Format.DIRECTORY);
    comesFromHere(unpacked);
    listsTheTable(unpacked.path());
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop.sql", "inserts.sql", "create.sql"})
  void plainSqlPassesTheGuard(String name) throws Exception {
    Unpacked unpacked = maker.unpack(name, Files.readAllBytes(dumps.resolve(name)));

    assertThat(unpacked.format()).isEqualTo(Format.SQL);
    comesFromHere(unpacked);
    try (InputStream script = Files.newInputStream(unpacked.path())) {
      assertThat(SqlScript.findings(name, script)).isEmpty();
    }
  }

  @Test
  void aHeaderThatIsCutOffIsSaidToBe() throws Exception {
    byte[] head = Arrays.copyOf(Files.readAllBytes(dumps.resolve("z0.dump")), 50);
    assertThatThrownBy(() -> maker.unpack("shop.dump", head))
        .hasMessageContaining("shop.dump begins like an archive of pg_dump, but its header");
  }

  private static void comesFromHere(Unpacked unpacked) {
    assertThat(unpacked.serverMajor()).hasValue(major);
    assertThat(unpacked.madeBy()).hasValueSatisfying(by -> assertThat(by).matches("pg_dump \\d.*"));
  }

  private void listsTheTable(Path backup) throws Exception {
    byte[] script = maker.through(new byte[0], "pg_restore", "-f", "-", backup.toString());
    assertThat(new String(script, StandardCharsets.UTF_8))
        .contains("COPY public.t (id, v) FROM stdin;")
        .contains("\n500\t");
  }

  private static Stored[] files(Path backup) throws IOException {
    try (Stream<Path> files = Files.list(backup)) {
      List<Stored> all =
          files
              .map(
                  file ->
                      new Stored(
                          "shop/" + file.getFileName(), -1, () -> Files.newInputStream(file)))
              .toList();
      return all.toArray(Stored[]::new);
    }
  }
}
