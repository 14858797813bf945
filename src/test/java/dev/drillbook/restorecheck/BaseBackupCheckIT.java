package dev.drillbook.restorecheck;

import static dev.drillbook.restorecheck.PhysicalShop.backupIn;
import static dev.drillbook.restorecheck.PhysicalShop.files;
import static dev.drillbook.restorecheck.PhysicalShop.isGreen;
import static dev.drillbook.restorecheck.PhysicalShop.isRed;
import static dev.drillbook.restorecheck.PhysicalShop.withWal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.containers.Containers;
import dev.drillbook.site.containers.LocalEngine;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Real base backups of a server that archives its WAL while it is written to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BaseBackupCheckIT {
  private static final long ROWS = 450;

  private Path folder;
  private PhysicalShop shop;
  private Path plain;
  private Path tar;
  private Path archive;
  private String middle;
  private String last;

  /** Rows are written while and after backups are taken, and archived in three segments. */
  @BeforeAll
  void takeBackups(@TempDir Path temporary) throws Exception {
    folder = temporary;
    shop = new PhysicalShop(temporary);
    plain = shop.baseBackup("--format=plain", "--wal-method=stream");
    tar = shop.baseBackup("--format=tar", "--gzip", "--wal-method=stream");
    shop.order();
    middle = shop.order();
    last = shop.order();
    archive = Files.createDirectory(temporary.resolve("archive"));
    PhysicalShop.copy(shop.database.walArchive(), archive);
  }

  @AfterAll
  void close() {
    shop.close();
  }

  @Test
  void theRowsUpToTheEndOfTheArchiveComeBack() throws Exception {
    RestoreCheckRecord record = shop.check(shop.catalogue(plain, archive), withWal());
    isGreen(record, ROWS + 300);
    assertThat(record.notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .contains(
                        "system identifier "
                            + shop.ask("select system_identifier from pg_control_system()"))
                    .contains("recovered to 0/", "with the last transaction of 2"));
  }

  @Test
  void aContainerRecoversFromItToo() throws Exception {
    Optional<String> missing = LocalEngine.missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElseThrow());
    Containers containers = new Containers(System.getenv(), true);
    RestoreCheckRecord record =
        shop.check(
            shop.catalogue(tar, archive),
            shop.plan(withWal(), "shop", "clerk"),
            of -> containers.create(of, SiteSettings.ofScale(1)));
    isGreen(record, ROWS + 300);
    assertThat(record.site()).isEqualTo("containers");
  }

  @Test
  void withoutAnArchiveWhatTheBackupItselfHoldsComesBack() throws Exception {
    isGreen(shop.check(shop.catalogue(tar, archive), files()), ROWS);
    isGreen(shop.check(shop.catalogue(plain, archive), files() + "format: base\n"), ROWS);
  }

  @Test
  void archivesOfTarAndPackedSegmentsComeBackToo() throws Exception {
    Path catalogue = shop.catalogue(tar, archive);
    try (Stream<Path> segments = Files.list(catalogue.resolve("wal"))) {
      for (Path segment : segments.toList()) {
        try (OutputStream out =
            new GZIPOutputStream(Files.newOutputStream(Path.of(segment + ".gz")))) {
          Files.copy(segment, out);
        }
        Files.delete(segment);
      }
    }
    isGreen(shop.check(catalogue, withWal()), ROWS + 300);
  }

  @Test
  void aSegmentThatIsMissingInTheMiddleIsNamed() throws Exception {
    Path catalogue = shop.catalogue(plain, archive);
    Files.delete(catalogue.resolve("wal").resolve(middle));
    RestoreCheckRecord record = shop.check(catalogue, withWal());
    isRed(record, Verdict.FAIL, "WAL", "the first that is missing is " + middle);
    assertThat(record.rows()).as("what came before").isEqualTo(ROWS + 100);
  }

  @Test
  void aSegmentThatIsDamagedIsRed() throws Exception {
    for (String damaged : List.of(middle, last)) {
      Path catalogue = shop.catalogue(plain, archive);
      Path segment = catalogue.resolve("wal").resolve(damaged);
      byte[] content = Files.readAllBytes(segment);
      for (int i = 4096; i < 5000; i++) {
        content[i] ^= 0x55;
      }
      Files.write(segment, content);
      isRed(
          shop.check(catalogue, withWal()),
          Verdict.FAIL,
          "WAL",
          "it ended at 0/",
          "the last archived segment, " + last);
    }
  }

  @Test
  void aSegmentThatIsCutOffIsRed() throws Exception {
    Path catalogue = shop.catalogue(plain, archive);
    try (RandomAccessFile segment =
        new RandomAccessFile(catalogue.resolve("wal").resolve(last).toFile(), "rw")) {
      segment.setLength(1 << 20);
    }
    isRed(
        shop.check(catalogue, withWal()),
        Verdict.FAIL,
        "restore",
        last + " has 1048576 of 16777216 bytes");
  }

  @Test
  void aBackupWhoseOwnWalIsNowhereIsRed() throws Exception {
    Path catalogue = shop.catalogue(plain, archive);
    Path data = backupIn(catalogue);
    deleteFilesIn(data.resolve("pg_wal"));
    isRed(
        shop.check(catalogue, files()),
        Verdict.FAIL,
        "restore",
        "could not locate required checkpoint record");
    deleteFilesIn(catalogue.resolve("wal"));
    isRed(shop.check(catalogue, withWal()), Verdict.FAIL, "WAL", "there is no segment in wal/");
  }

  @Test
  void aBackupThatNeverBecomesConsistentIsRedWithTheServersWords() throws Exception {
    Path copy = Files.createDirectory(Files.createTempDirectory(folder, "by-hand").resolve("base"));
    String between;
    String end;
    String label;
    try (Connection admin = shop.database.administer("shop");
        Statement statement = admin.createStatement()) {
      statement.execute("select pg_backup_start('by hand', true)");
      PhysicalShop.copy(shop.database.dataDirectory().path(), copy);
      deleteFilesIn(copy.resolve("pg_wal"));
      Files.delete(copy.resolve("postmaster.pid"));
      between = shop.order();
      try (ResultSet row =
          statement.executeQuery(
              "select labelfile, pg_walfile_name(lsn) from pg_backup_stop(wait_for_archive => false)")) {
        row.next();
        label = row.getString(1);
        end = row.getString(2);
      }
    }
    Files.writeString(copy.resolve("backup_label"), label);
    shop.order();
    Path catalogue = shop.catalogue(copy);
    long rows = Long.parseLong(shop.ask("select count(*) from orders")) + 50;
    isGreen(shop.check(catalogue, withWal()), rows);
    Files.delete(catalogue.resolve("wal").resolve(end));
    assertThat(catalogue.resolve("wal").resolve(between)).exists();
    isRed(
        shop.check(catalogue, withWal()),
        Verdict.FAIL,
        "restore",
        "WAL ends before end of online backup");
  }

  @Test
  void aBackupWithoutItsLabelIsNotStarted() throws Exception {
    Path catalogue = shop.catalogue(plain, archive);
    Files.delete(backupIn(catalogue).resolve("backup_label"));
    isRed(shop.check(catalogue, withWal()), Verdict.FAIL, "unpack", "has no backup_label");
    isRed(shop.check(catalogue, files()), Verdict.FAIL, "restore", "has no backup_label");
  }

  @Test
  void aByteThatHasChangedIsRed() throws Exception {
    Path catalogue = shop.catalogue(plain, archive);
    Path data = backupIn(catalogue);
    String file = shop.ask("select pg_relation_filepath('orders')");
    try (RandomAccessFile relation = new RandomAccessFile(data.resolve(file).toFile(), "rw")) {
      relation.seek(8000);
      relation.write(relation.read() ^ 0x10);
    }
    RestoreCheckRecord record = shop.check(catalogue, files());
    isRed(record, Verdict.FAIL, "backup manifest", "checksum mismatch for file \"" + file);
    isRed(record, Verdict.FAIL, "verification", "invalid page in block 0 of relation " + file);
    assertThat(record.notes()).anyMatch(note -> note.endsWith("data checksums on"));
    Files.delete(data.resolve("backup_manifest"));
    RestoreCheckRecord without = shop.check(catalogue, files());
    isRed(without, Verdict.FAIL, "verification", "invalid page in block 0 of relation " + file);
    assertThat(without.findings()).extracting(Finding::subject).doesNotContain("backup manifest");
    assertThat(without.notes()).anyMatch(note -> note.contains("it has no backup_manifest"));
  }

  @Test
  void noSettingOfTheBackupHasAnEffect() throws Exception {
    Path touched = Files.createTempDirectory("touched");
    assertThat(touched.toFile().setWritable(true, false)).isTrue();
    Path catalogue = shop.catalogue(plain, archive);
    Path data = backupIn(catalogue);
    String touch = "touch " + touched.resolve("mark");
    String hostile =
        """
        archive_mode = on
        archive_command = '%1$s'
        restore_command = '%1$s; false'
        recovery_end_command = '%1$s'
        archive_cleanup_command = '%1$s'
        shared_preload_libraries = 'nowhere'
        session_preload_libraries = 'nowhere'
        listen_addresses = '*'
        primary_conninfo = 'host=192.0.2.1'
        external_pid_file = '%2$s'
        logging_collector = on
        log_directory = '%3$s'
        include_dir = '/etc'
        """
            .formatted(touch, touched.resolve("pid"), touched);
    for (String file : List.of("postgresql.auto.conf", "postgresql.conf")) {
      Files.writeString(
          data.resolve(file), hostile, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    Files.writeString(data.resolve("standby.signal"), "");
    Files.writeString(data.resolve("pg_hba.conf"), "host all all 0.0.0.0/0 trust\n");
    Files.writeString(data.resolve("postmaster.pid"), "1\n/etc\n");
    Files.delete(data.resolve("backup_manifest"));
    RestoreCheckRecord record = shop.check(catalogue, withWal());
    isGreen(record, ROWS + 300);
    assertThat(record.notes())
        .anyMatch(note -> note.equals("its shared_preload_libraries are not loaded: nowhere"));
    assertThat(touched).isEmptyDirectory();
  }

  @Test
  void noSettingOfARoleLoadsAnything() throws Exception {
    shop.ask("alter role clerk in database shop set session_preload_libraries = 'nowhere'");
    Path taken;
    try {
      taken = shop.baseBackup("--format=tar", "--wal-method=fetch");
    } finally {
      shop.ask("alter role clerk in database shop reset session_preload_libraries");
    }
    RestoreCheckRecord record = shop.check(shop.catalogue(taken), files());
    assertThat(record.findings()).as(CheckText.of(record)).isEmpty();
  }

  @Test
  void nothingIsTakenFromTheServersPublisher() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (ServerSocket publisher = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      count(publisher, connections);
      shop.ask(
          "create subscription upstream connection 'host=127.0.0.1 dbname=shop port=%d' publication p with (connect = false, slot_name = 's')"
              .formatted(publisher.getLocalPort()));
      shop.ask("alter subscription upstream enable");
      Path taken;
      try {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> connections.get() > 0);
        taken = shop.baseBackup("--format=tar", "--wal-method=fetch");
      } finally {
        shop.ask("alter subscription upstream disable");
        shop.ask("alter subscription upstream set (slot_name = none)");
        shop.ask("drop subscription upstream");
      }
      connections.set(0);
      RestoreCheckRecord record = shop.check(shop.catalogue(taken, archive), files());
      assertThat(record.findings()).as(CheckText.of(record)).isEmpty();
      assertThat(connections).hasValue(0);
    }
  }

  @Test
  void aMapOfTablespacesLeadsNowhereElse() throws Exception {
    Path catalogue = shop.catalogue(plain, archive);
    Path data = backupIn(catalogue);
    Files.writeString(data.resolve("tablespace_map"), "16999 /etc\n");
    isRed(shop.check(catalogue, withWal()), Verdict.FAIL, "unpack", "lacks the tablespace 16999");
  }

  @Test
  void tablespacesComeBackWithinTheRestoreAndOnlyThere() throws Exception {
    Path before = shop.baseBackup("--format=plain", "--wal-method=stream");
    Path place = PhysicalShop.shared();
    shop.database.dataDirectory().share(place);
    shop.ask("create tablespace fast location '" + place + "'");
    shop.ask("alter table customers set tablespace fast");
    try {
      List<Path> untouched = inside(place);
      RestoreCheckRecord record =
          shop.check(
              shop.catalogue(shop.baseBackup("--format=tar", "--wal-method=stream")), files());
      assertThat(record.findings()).as(CheckText.of(record)).isEmpty();
      shop.archived();
      isRed(
          shop.check(shop.catalogue(before), withWal()),
          Verdict.UNKNOWN,
          "restore",
          "its WAL makes a tablespace at " + place);
      assertThat(inside(place)).isEqualTo(untouched);
      Path incomplete =
          shop.baseBackup(
              "--format=plain",
              "--wal-method=stream",
              "--tablespace-mapping=" + place + "=" + PhysicalShop.shared());
      isRed(
          shop.check(shop.catalogue(incomplete), files()),
          Verdict.FAIL,
          "tablespaces",
          "it lacks fast");
    } finally {
      shop.ask("alter table customers set tablespace pg_default");
      shop.ask("drop tablespace fast");
      shop.archived();
    }
  }

  private static void count(ServerSocket socket, AtomicInteger connections) {
    Thread counts =
        new Thread(
            () -> {
              try {
                while (true) {
                  socket.accept().close();
                  connections.incrementAndGet();
                }
              } catch (IOException closed) {
                // The test is over.
              }
            });
    counts.setDaemon(true);
    counts.start();
  }

  private static List<Path> inside(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted().toList();
    }
  }

  @Test
  void aBackupOfAnotherServerSaysWhoIsThere() throws Exception {
    Path catalogue = shop.catalogue(plain, archive);
    isRed(
        shop.check(catalogue, shop.plan(files(), "store", "clerk")),
        Verdict.FAIL,
        "restore",
        "no database store; it has shop");
    isRed(
        shop.check(catalogue, shop.plan(files(), "shop", "seller")),
        Verdict.FAIL,
        "restore",
        "no login role seller; it has clerk");
  }

  @Test
  void aBackupOfAnotherMajorVersionProvesNothing() throws Exception {
    for (String major : List.of("11", "99")) {
      Path catalogue = shop.catalogue(plain, archive);
      Files.writeString(backupIn(catalogue).resolve("PG_VERSION"), major + "\n");
      isRed(shop.check(catalogue, files()), Verdict.UNKNOWN, "", "PostgreSQL " + major);
    }
  }

  private static void deleteFilesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }
}
