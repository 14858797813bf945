package dev.drillbook.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredBackupsTest {
  private static final String COPIED = "2026-11-20T12:00:00Z";

  @TempDir Path folder;

  private void file(String name, String content, String modified) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse(modified)));
  }

  private void files(String... names) throws IOException {
    for (String name : names) {
      file(name, "x", COPIED);
    }
  }

  private StoredBackups find(String keys) {
    RestoreCheck check = Checks.check(keys);
    try (BackupSource source = BackupSources.open(folder.toString(), Map.of())) {
      return StoredBackups.find(source, check);
    }
  }

  private String ids(String keys) {
    return String.join(" ", find(keys).newestFirst().stream().map(StoredBackup::id).toList());
  }

  @Test
  void filesAreBackupsOfTheTimeInTheirNames() throws Exception {
    files("daily/shop_20261104_020000.gz", "daily/shop_20261105_020000.gz", "daily/shop_latest.gz");
    files("weekly/shop_20261105_020000.gz", "README");
    StoredBackups found = find("files: 'daily/shop_{yyyyMMdd_HHmmss}.gz', timeZone: Asia/Dhaka");
    assertThat(found.findings()).isEmpty();
    assertThat(found.newestFirst())
        .extracting(StoredBackup::id, StoredBackup::takenAt, StoredBackup::bytes)
        .containsExactly(
            tuple("daily/shop_20261105_020000.gz", Instant.parse("2026-11-04T20:00:00Z"), 1L),
            tuple("daily/shop_20261104_020000.gz", Instant.parse("2026-11-03T20:00:00Z"), 1L));
  }

  @Test
  void aFolderIsOneBackupWithAllThatIsInIt() throws Exception {
    file("base/20261105T02/base.tar", "1234", COPIED);
    file("base/20261105T02/deeper/x", "56", COPIED);
    file("base/20261104T02/base.tar", "1", COPIED);
    files("base/20261105T02.manifest.json", "base/20261105T02.sha256", "base/notes");
    StoredBackup newest = find("files: \"base/{yyyyMMdd'T'HH}/\"").newestFirst().get(0);
    assertThat(newest.id()).isEqualTo("base/20261105T02");
    assertThat(newest.files())
        .extracting(StoredFile::name)
        .containsExactly("base/20261105T02/base.tar", "base/20261105T02/deeper/x");
    assertThat(newest.bytes()).isEqualTo(6);
    assertThat(newest.manifest().orElseThrow().name()).isEqualTo("base/20261105T02.manifest.json");
    assertThat(newest.checksum().orElseThrow().name()).isEqualTo("base/20261105T02.sha256");
    assertThat(ids("files: \"base/{yyyyMMdd'T'HH}/\""))
        .isEqualTo("base/20261105T02 base/20261104T02");
  }

  @Test
  void datesMayBeFolders() throws Exception {
    files("2026/11/05/shop.rdb", "2026/11/04/shop.rdb", "2026/11/shop.rdb");
    assertThat(ids("files: '{yyyy/MM/dd}/shop.rdb'"))
        .isEqualTo("2026/11/05/shop.rdb 2026/11/04/shop.rdb");
    assertThat(ids("files: '{yyyy/MM/dd}/'")).isEqualTo("2026/11/05 2026/11/04");
  }

  @Test
  void withoutATimeInTheNameTheLastWritingCounts() throws Exception {
    file("b.gz", "1", "2026-11-04T02:00:00Z");
    file("a.gz", "1", "2026-11-05T02:00:00Z");
    file("c.gz", "1", "2026-11-04T02:00:00Z");
    assertThat(ids("files: '*.gz'")).isEqualTo("a.gz c.gz b.gz");
    file("f1/old", "1", "2026-11-01T02:00:00Z");
    file("f1/new", "1", "2026-11-06T02:00:00Z");
    file("f2/old", "1", "2026-11-05T02:00:00Z");
    assertThat(ids("files: '*/'")).isEqualTo("f1 f2");
  }

  @Test
  void aDayInTheNameIsMadeFinerByTheLastWritingOnThatDay() throws Exception {
    file("2026-10-25.gz", "1", "2026-10-25T22:59:59Z"); // A day of 25 hours in Berlin.
    file("2026-10-26.gz", "1", COPIED);
    assertThat(find("files: '{yyyy-MM-dd}.gz', timeZone: Europe/Berlin").newestFirst())
        .extracting(StoredBackup::takenAt)
        .containsExactly(
            Instant.parse("2026-10-25T23:00:00Z"), Instant.parse("2026-10-25T22:59:59Z"));
  }

  @Test
  void whatLiesBesideABackupIsNoBackup() throws Exception {
    files("s_20261105.gz", "s_20261105.gz.sha256", "s_20261105.gz.md5", "s_20261105.gz.asc");
    files("s_20261105.gz.manifest.json", "s_20261104.gz.sha256", "SHA256SUMS", "s_20261103.gz");
    assertThat(ids("files: 's_{yyyyMMdd}*'")).isEqualTo("s_20261105.gz s_20261103.gz");
    StoredBackup newest = find("files: 's_{yyyyMMdd}*'").newestFirst().get(0);
    assertThat(newest.checksum().orElseThrow().name()).isEqualTo("s_20261105.gz.sha256");
    assertThat(newest.manifest()).isPresent();
    StoredBackup other = find("files: 's_{yyyyMMdd}*'").newestFirst().get(1);
    assertThat(other.checksum().orElseThrow().name()).isEqualTo("SHA256SUMS");
    assertThat(other.manifest()).isEmpty();
  }

  @Test
  void anArmouredBackupIsNoSignature() throws Exception {
    files("s_20261105.gz.asc", "s_20261104.gz.asc");
    assertThat(ids("files: 's_{yyyyMMdd}.gz.asc'"))
        .isEqualTo("s_20261105.gz.asc s_20261104.gz.asc");
  }

  @Test
  void globalsAreThoseOfTheSameJobElseTheNewestBefore() throws Exception {
    files("s_202611050200.gz", "s_202611060200.gz", "s_202611070200.gz", "s_202611010200.gz");
    files(
        "s_g_202611040200.gz", "s_g_202611050205.gz", "s_g_202611060159.gz", "s_g_202611060230.gz");
    assertThat(
            find("files: 's_*{yyyyMMddHHmm}.gz', globals: 's_g_{yyyyMMddHHmm}.gz'").newestFirst())
        .extracting(backup -> backup.globals().orElseThrow().name())
        .containsExactly(
            "s_g_202611060230.gz", // Of the day before, since there is none of the 7th.
            "s_g_202611060159.gz", // Nearer than the one of half an hour later.
            "s_g_202611050205.gz", // Five minutes later: the same job.
            "s_g_202611040200.gz"); // Better than none: nothing is older.
  }

  @Test
  void anImpossibleTimeIsToldAndNotPassedOver() throws Exception {
    files("s_20261105.gz", "s_20261331.gz");
    StoredBackups found = find("files: 's_{yyyyMMdd}.gz'");
    assertThat(found.newestFirst()).hasSize(1);
    assertThat(found.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(Verdict.UNKNOWN);
              assertThat(finding.examples()).containsExactly("s_20261331.gz");
            });
    Files.delete(folder.resolve("s_20261105.gz"));
    assertThatThrownBy(() -> find("files: 's_{yyyyMMdd}.gz'"))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("s_20261331.gz")
        .hasMessageContaining("does not exist");
  }

  @Test
  void noBackupIsAnErrorThatNamesThePlaceAndWhatCameNearest() throws Exception {
    assertThatThrownBy(() -> find("files: 'daily/shop_{yyyyMMdd}.sql.gz'"))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("no backup in " + folder)
        .hasMessageContaining("no file at all");
    files("a", "b", "c", "d", "e", "f", "z/daily/shop_20261105.sql.gz", "daily/shop_2026.sql.gz");
    assertThatThrownBy(() -> find("files: 'daily/shop_{yyyyMMdd}.sql.gz'"))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("no backup in " + folder)
        .hasMessageContaining("none of its 8 files matches daily/shop_{yyyyMMdd}.sql.gz")
        .message()
        .endsWith("daily/shop_2026.sql.gz, z/daily/shop_20261105.sql.gz, d, a, b");
  }
}
