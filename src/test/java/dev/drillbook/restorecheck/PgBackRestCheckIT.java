package dev.drillbook.restorecheck;

import static dev.drillbook.restorecheck.PhysicalShop.isGreen;
import static dev.drillbook.restorecheck.PhysicalShop.isRed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drillbook.site.Command;
import dev.drillbook.timeline.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real repository of pgBackRest, encrypted, with a full and an incremental set. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PgBackRestCheckIT {
  private static final String PASSPHRASE = "correct horse battery staple";
  private static final String PASSWORD = "backup-of-the-shop";
  private static final long ROWS = 450;

  private PhysicalShop shop;
  private Path work;
  private Path repository;
  private Path key;
  private String middle;

  @BeforeAll
  void takeBackups(@TempDir Path temporary) throws Exception {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "pgbackrest"))),
        "pgbackrest is not on the PATH: apt-get install pgbackrest");
    shop = new PhysicalShop(temporary);
    work = PhysicalShop.shared();
    key = Files.writeString(temporary.resolve("key"), PASSPHRASE + "\n");
    // It speaks to a server through a socket alone, and reads its files.
    shop.ask("alter system set unix_socket_directories = '" + work + "'");
    shop.ask("create role backup superuser login password '" + PASSWORD + "'");
    shop.database.stop();
    shop.database.start();
    repository = Files.createDirectory(work.resolve("repository"));
    shop.database.dataDirectory().share(work);
    pgbackrest("stanza-create");
    pgbackrest("backup", "--type=full", "--no-archive-check", "--start-fast");
    shop.order();
    pgbackrest("backup", "--type=incr", "--no-archive-check", "--start-fast");
    middle = shop.order();
    shop.order();
    for (Path segment : inside(shop.database.walArchive())) {
      if (segment.getFileName().toString().matches("[0-9A-F]{24}")) {
        pgbackrest("archive-push", segment.toString());
      }
    }
    // Whoever the server runs as, what it wrote is read by us.
    shop.database.dataDirectory().program("chmod", "-R", "go+rX", repository.toString()).perform();
  }

  @AfterAll
  void close() {
    if (shop != null) {
      shop.close();
    }
  }

  private void pgbackrest(String... arguments) throws InterruptedException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--config=/dev/null",
                "--stanza=shop",
                "--repo1-path=" + repository,
                "--repo1-cipher-type=aes-256-cbc",
                "--pg1-path=" + shop.database.dataDirectory().path(),
                "--lock-path=" + work.resolve("lock"),
                "--log-level-file=off",
                "--log-level-console=warn"));
    if (!arguments[0].equals("archive-push")) {
      all.add("--pg1-socket-path=" + work);
      all.add("--pg1-port=" + shop.database.directAddress().getPort());
      all.add("--pg1-user=backup");
    }
    all.addAll(List.of(arguments));
    Command command =
        shop.database.dataDirectory().program("pgbackrest", all.toArray(String[]::new));
    command
        .with("PGPASSWORD", () -> PASSWORD)
        .with("PGBACKREST_REPO1_CIPHER_PASS", () -> PASSPHRASE)
        .perform();
  }

  private static List<Path> inside(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private Path copy(Path temporary) throws IOException {
    Path catalogue = temporary.resolve("catalogue");
    PhysicalShop.copy(repository, catalogue);
    return catalogue;
  }

  private String settings(Path secret) {
    return "pgbackrest: {stanza: shop}\nkey: {file: " + secret + "}\n";
  }

  @Test
  void theRowsUpToTheEndOfTheArchiveComeBack(@TempDir Path temporary) throws Exception {
    Path catalogue = copy(temporary);
    List<Path> before = inside(catalogue);
    RestoreCheckRecord record = shop.check(catalogue, settings(key));
    isGreen(record, ROWS + 300);
    assertThat(record.backup()).matches("backup/shop/\\d{8}-\\d{6}F");
    assertThat(record.notes()).anyMatch(note -> note.contains("the newest archived WAL is"));
    assertThat(inside(catalogue)).isEqualTo(before);
  }

  @Test
  void anIncrementalSetComesBackWithWhatItIsBasedOn(@TempDir Path temporary) throws Exception {
    RestoreCheckRecord record =
        shop.check(
            copy(temporary),
            "files: \"backup/shop/*F_{yyyyMMdd-HHmmss}I/\"\nsmallest: 1%\n" + settings(key));
    isGreen(record, ROWS + 300);
  }

  @Test
  void aSegmentThatIsMissingInTheMiddleIsNamed(@TempDir Path temporary) throws Exception {
    Path catalogue = copy(temporary);
    for (Path file : inside(catalogue.resolve("archive"))) {
      if (file.getFileName().toString().startsWith(middle)) {
        Files.delete(file);
      }
    }
    RestoreCheckRecord record = shop.check(catalogue, settings(key));
    isRed(record, Verdict.FAIL, "WAL", "the first that is missing is " + middle);
    assertThat(record.rows()).isEqualTo(ROWS + 100);
  }

  @Test
  void aFileThatIsDamagedIsRed(@TempDir Path temporary) throws Exception {
    Path catalogue = copy(temporary);
    Path largest = null;
    for (Path file : inside(catalogue.resolve("backup"))) {
      if (file.toString().matches(".*F/pg_data/base/.*|.*F/bundle/.*")
          && (largest == null || Files.size(file) > Files.size(largest))) {
        largest = file;
      }
    }
    byte[] content = Files.readAllBytes(largest);
    content[content.length / 2] ^= 0x10;
    Files.write(largest, content);
    RestoreCheckRecord record = shop.check(catalogue, settings(key));
    isRed(record, Verdict.FAIL, "restore", "pgbackrest failed with exit code");
  }

  @Test
  void theWrongKeyIsRedAndNoKeyIsShown(@TempDir Path temporary) throws Exception {
    Path other = Files.writeString(temporary.resolve("other"), "not-the-passphrase\n");
    RestoreCheckRecord record = shop.check(copy(temporary), settings(other));
    isRed(record, Verdict.FAIL, "restore", "pgbackrest failed with exit code");
    assertThat(CheckText.of(record) + record.transcript())
        .doesNotContain("not-the-passphrase", PASSPHRASE);
  }
}
