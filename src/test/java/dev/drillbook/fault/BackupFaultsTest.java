package dev.drillbook.fault;

import static dev.drillbook.fault.DeleteNewestBackup.deleteNewestBackup;
import static dev.drillbook.fault.EncryptBackups.encryptBackups;
import static dev.drillbook.fault.FlipBit.flipBit;
import static dev.drillbook.fault.RemoveArchivedWal.removeArchivedWal;
import static dev.drillbook.fault.ReplaceByGarbage.replaceByGarbage;
import static dev.drillbook.fault.TruncateBackup.truncateBackup;
import static dev.drillbook.fault.WrongKey.wrongKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.site.BackupFiles;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to backups. */
class BackupFaultsTest {
  @TempDir Path folder;
  private BackupFiles backups;
  private Path older;
  private Path newest;
  private final Scene scene = Scene.of(undo -> () -> {}, 5, 0);

  @BeforeEach
  void write() throws IOException {
    backups = new BackupFiles("dump", folder);
    older = written("b", "an older backup", 1_000);
    newest = written("a", "the newest backup", 2_000);
  }

  private Path written(String name, String text, long modified) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
  }

  private ActiveFault inject(Fault fault) {
    ActiveFault active = fault.inject(scene);
    assertThat(active.bite().bit()).as(active.bite().evidence()).isTrue();
    assertThat(active.isInForce()).isFalse();
    assertThat(older)
        .satisfiesAnyOf(
            file -> assertThat(file).hasContent("an older backup"),
            file -> assertThat(file).doesNotExist());
    return active;
  }

  @Test
  void theNewestIsCutOffSomewhere() throws IOException {
    inject(truncateBackup(backups));
    assertThat("the newest backup")
        .startsWith(Files.readString(newest))
        .isNotEqualTo(Files.readString(newest));
    assertThat(newest).isNotEmptyFile();
  }

  @Test
  void exactlyOneBitIsFlipped() throws IOException {
    ActiveFault active = inject(flipBit(backups));
    BigInteger before =
        new BigInteger(1, "the newest backup".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    BigInteger after = new BigInteger(1, Files.readAllBytes(newest));
    assertThat(before.xor(after).bitCount()).isEqualTo(1);
    assertThat(active.hit().get(0)).matches(".*/a: bit [0-7] of byte \\d+");
    Files.writeString(newest, "the newest backup");
    assertThat(active.bite().bit()).isFalse();
  }

  @Test
  void theNewestIsGoneAndTheOlderStays() {
    inject(deleteNewestBackup(backups));
    assertThat(newest).doesNotExist();
    assertThat(older).exists();
  }

  @Test
  void theNewestBackupIsItsBiggestFileAndWhatBelongsToItGoesToo() throws IOException {
    Path checksum = written("a.sha256", "0123", 3_000);
    inject(flipBit(backups));
    inject(truncateBackup(backups));
    assertThat(checksum).hasContent("0123");
    inject(deleteNewestBackup(backups));
    assertThat(folder.toFile().list()).containsExactly("b");
  }

  @Test
  void anOlderOneThatWasRotatedIsAnotherBackup() throws IOException {
    Path rotated = written("dump.1", "a bigger, older backup", 3_000);
    Path dump = written("dump", "new", 4_000);
    assertThat(backups.newest().files()).containsExactly(dump);
    Path half = written("shop-2026-11-20_02h30.dump", "x", 6_000);
    written("shop-2026-11-20_02h00.dump", "y", 5_000);
    assertThat(backups.newest().files()).containsExactly(half);
    assertThat(rotated).exists();
  }

  @Test
  void aFolderOfCollectionsOrOfATimeIsOneBackup() throws IOException {
    Files.createDirectories(folder.resolve("shop"));
    Path orders = written("shop/orders.bson", "many orders", 8_000);
    Path about = written("shop/orders.metadata.json", "{}", 9_000);
    assertThat(backups.newest().files()).containsExactlyInAnyOrder(orders, about);
    Files.createDirectories(folder.resolve("20261120T0200/shop"));
    Path roles = written("20261120T0200/globals.sql", "roles", 11_000);
    Path dump = written("20261120T0200/shop/dump", "all of it", 10_000);
    assertThat(backups.newest().file()).isEqualTo(dump);
    assertThat(backups.newest().files()).containsExactlyInAnyOrder(roles, dump);
    Files.createDirectories(folder.resolve("base"));
    Path manifest = written("backup_manifest", "{}", 13_000);
    Path file = written("base/1", "the data", 12_000);
    assertThat(backups.newest().files()).contains(manifest, file);
  }

  @Test
  void whatBearsTheSameTimeIsOneBackup() throws IOException {
    Path dump = written("shop-2026-11-20T02:00.dump", "the newest backup of all", 4_000);
    Path globals = written("globals-2026-11-20T02:00.sql", "create role", 5_000);
    Path before = written("shop-2026-11-19T02:00.dump", "yesterday's", 3_000);
    assertThat(backups.newest().file()).isEqualTo(dump);
    assertThat(backups.newest().files()).containsExactlyInAnyOrder(dump, globals);
    inject(deleteNewestBackup(backups));
    assertThat(backups.newest().files()).containsExactly(before);
  }

  @Test
  void aFolderThatAToolHasMadeIsOneBackup() throws IOException {
    Path base = Files.createDirectories(folder.resolve("daily/base/global"));
    Path manifest = written("daily/base/backup_manifest", "{}", 4_000);
    Path control = written("daily/base/global/pg_control", "control data", 3_000);
    assertThat(backups.newest().file()).isEqualTo(control);
    inject(deleteNewestBackup(backups));
    assertThat(base).isEmptyDirectory();
    assertThat(manifest).doesNotExist();
    assertThat(newest).exists();
  }

  @Test
  void allAreEncryptedAndTheirPlainFilesGone() throws IOException {
    ActiveFault active = inject(encryptBackups(backups));
    assertThat(active.hit()).containsExactly(newest.toString(), older.toString());
    assertThat(backups.all())
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrder("a.locked", "b.locked");
    assertThat(Files.readAllBytes(folder.resolve("a.locked")))
        .hasSize("the newest backup".length() + 12 + 16);
  }

  @Test
  void aFileIsReplacedByNoiseOfItsSize() throws IOException {
    inject(replaceByGarbage(newest));
    assertThat(Files.size(newest)).isEqualTo("the newest backup".length());
    assertThat(Files.readAllBytes(newest))
        .isNotEqualTo("the newest backup".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void aBigFileIsReplacedByNoiseAsWell() throws IOException {
    Path big = folder.resolve("big");
    try (RandomAccessFile file = new RandomAccessFile(big.toFile(), "rw")) {
      file.setLength(70L << 20);
    }
    ActiveFault active = inject(replaceByGarbage(big));
    assertThat(Files.size(big)).isEqualTo(70L << 20);
    try (RandomAccessFile file = new RandomAccessFile(big.toFile(), "rw")) {
      byte[] end = new byte[1_000];
      file.seek((70L << 20) - end.length);
      file.readFully(end);
      assertThat(end).isNotEqualTo(new byte[1_000]);
      file.seek((70L << 20) - 1);
      file.write(~end[999]);
    }
    assertThat(active.bite().bit()).isFalse();
    Files.write(big, new byte[0]);
    assertThatThrownBy(() -> replaceByGarbage(big).inject(scene)).hasMessageContaining("is empty");
  }

  @Test
  void aSegmentInTheMiddleOfAnArchiveIsGone() throws IOException {
    Path archive = Files.createDirectory(folder.resolve("wal"));
    for (String name :
        List.of(
            "000000010000000000000001",
            "000000010000000000000002",
            "000000010000000000000003.gz",
            "000000010000000000000003.00000028.backup")) {
      Files.writeString(archive.resolve(name), "wal");
    }
    inject(removeArchivedWal(archive));
    assertThat(archive.resolve("000000010000000000000002")).doesNotExist();
    assertThat(archive.resolve("000000010000000000000001")).exists();
    assertThat(archive.resolve("000000010000000000000003.gz")).exists();
  }

  @Test
  void theKeyIsAnotherOneOfTheSameForm() throws IOException {
    Path key = written("key", "0123456789abcdef\n", 1);
    inject(wrongKey(key));
    assertThat(Files.readString(key)).matches("[0-9a-f]{16}\n").isNotEqualTo("0123456789abcdef\n");
    assertOtherKey("q83vEjRWeJA=\n", "[A-Za-z0-9]{11}=\n");
    assertOtherKey("DEAD-beef-01\n", "[0-9A-F]{4}-[0-9a-f]{4}-[0-9]{2}\n");
    for (String formed :
        List.of(
            "# created: today\nAGE-SECRET-KEY-1QQ\n",
            "AGE-SECRET-KEY-1QQ",
            "-----BEGIN KEY-----\nMIIE\n-----END KEY-----\n",
            "key: abc\n")) {
      written("key", formed, 1);
      assertThatThrownBy(() -> inject(wrongKey(key)))
          .hasMessageContaining("no other key of the form of that in")
          .hasMessageContaining("name its file too");
      assertThat(key).hasContent(formed);
    }
    Path real = written("real", "-----BEGIN KEY-----\nMIIF\n-----END KEY-----\n", 1);
    inject(wrongKey(key, real));
    assertThat(key).hasSameBinaryContentAs(real);
    byte[] binary = {0, 1, 2, 3, -1, -2, -3, -4};
    Files.write(key, binary);
    inject(wrongKey(key));
    assertThat(Files.readAllBytes(key)).hasSize(8).isNotEqualTo(binary);
    Files.writeString(key, " \n");
    assertThatThrownBy(() -> wrongKey(key).inject(scene)).hasMessageContaining("holds no key");
  }

  private void assertOtherKey(String before, String form) throws IOException {
    Path key = written("key", before, 1);
    inject(wrongKey(key));
    assertThat(Files.readString(key)).matches(form).isNotEqualTo(before);
  }

  @Test
  void whereThereIsNoBackupThatIsSaid() throws IOException {
    Files.delete(older);
    Files.delete(newest);
    for (Fault fault :
        List.of(
            truncateBackup(backups),
            flipBit(backups),
            deleteNewestBackup(backups),
            encryptBackups(backups))) {
      assertThatThrownBy(() -> fault.inject(scene))
          .isInstanceOf(DrillException.class)
          .hasMessageContaining("there is no backup of dump");
    }
    assertThatThrownBy(() -> removeArchivedWal(folder).inject(scene))
        .hasMessageContaining("holds no WAL segment");
  }
}
