package dev.drillbook.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
  private static final Instant NIGHT = Instant.parse("2026-03-18T02:00:00Z");
  private static final Instant LATEST = NIGHT.plusSeconds(60);

  @TempDir Path folder;

  @Test
  void aBackupLiesThereWithItsChecksum() throws IOException {
    Catalogue good = good(NIGHT);
    assertThat(good.backup(NIGHT)).hasFileName("shop_20260318_0200.sql.gz").hasContent("abc");
    assertThat(good.checksum(NIGHT))
        .hasFileName("shop_20260318_0200.sql.gz.sha256")
        .hasContent(
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  shop_20260318_0200.sql.gz\n");
    assertThat(good.globals(NIGHT)).hasFileName("globals_20260318_0200.sql").hasContent("roles");
  }

  @Test
  void noFileIsNewerThanNowUnlessItsNightIs() throws IOException {
    Instant earlier = NIGHT.minus(Duration.ofDays(1));
    Instant later = NIGHT.plus(Duration.ofDays(1));
    Catalogue good = good(earlier, NIGHT, later);
    assertThat(modified(good, earlier)).isEqualTo(earlier.plusSeconds(180));
    assertThat(modified(good, NIGHT)).isEqualTo(LATEST);
    assertThat(modified(good, later)).isEqualTo(later.plusSeconds(180));
  }

  @Test
  void whatIsWrittenToACopyDoesNotReachTheOriginal() throws IOException {
    Catalogue good = good(NIGHT);
    Catalogue bad = good.linked(folder.resolve("bad"), List.of(NIGHT));
    assertThat(bad.backup(NIGHT)).hasContent("abc");
    assertThat(modified(bad, NIGHT)).isEqualTo(LATEST);

    bad.put(NIGHT, new byte[] {'x'});
    bad.putGlobals(NIGHT, "none");
    assertThat(bad.backup(NIGHT)).hasContent("x");
    assertThat(good.backup(NIGHT)).hasContent("abc");
    assertThat(good.checksum(NIGHT)).content().startsWith("ba7816bf");
    assertThat(good.globals(NIGHT)).hasContent("roles");
    bad.remove(NIGHT);
    assertThat(folder.resolve("bad")).isEmptyDirectory();
    assertThat(good.backup(NIGHT)).exists();
  }

  @Test
  void eachFormsPlanNamesItsOwnFiles() {
    String dumps = "files: \"a.dump\"\nformat: custom\nencryption: none\n";
    assertThat(Form.DUMP.planText(dumps)).isEqualTo(dumps);
    assertThat(Form.SQL.planText(dumps)).contains("a.sql.gz\"", "format: sql", "encryption: none");
    assertThat(Form.TAR.planText(dumps)).contains("a.tar\"", "format: directory");
    assertThat(Form.ENCRYPTED.planText(dumps))
        .contains(
            "a.dump.enc\"", "encryption: openssl", "key: {file: backups.key, openssl: \"-aes");
    assertThatThrownBy(() -> Form.SQL.planText("format: custom")).hasMessageContaining(".dump");
  }

  private Catalogue good(Instant... nights) throws IOException {
    Catalogue good = Catalogue.make(Form.SQL, folder.resolve("good"), LATEST);
    for (Instant night : nights) {
      good.put(night, new byte[] {'a', 'b', 'c'});
      good.putGlobals(night, "roles");
    }
    return good;
  }

  private static Instant modified(Catalogue catalogue, Instant night) throws IOException {
    return Files.getLastModifiedTime(catalogue.backup(night)).toInstant();
  }
}
