package dev.drillbook.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumsTest {
  private static final String CONTENT = "the backup";
  private static final String SHA256 = DigestUtils.sha256Hex(CONTENT);

  @TempDir Path folder;

  private void file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /** Of the one backup that there is. */
  private Judgement verify(String pattern) {
    try (BackupSource source = BackupSources.open(folder.toString(), Map.of())) {
      StoredBackups found = StoredBackups.find(source, Checks.check("files: '" + pattern + "'"));
      return Checksums.verify(source, found.newestFirst().get(0), "dump");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "%s\n",
        "%s  s.gz\r\n",
        "%s *s.gz",
        "%s  ./s.gz",
        "%s  /var/backups/s.gz",
        "%s  backups/s.gz",
        "SHA256 (s.gz) = %s",
        "00000000000000000000000000000000  other.gz\n%s  s.gz",
      })
  void whatHashesAsItShouldPassesHoweverItIsWritten(String written) throws Exception {
    file("s.gz", CONTENT);
    file("s.gz.sha256", written.formatted(SHA256));
    Judgement judgement = verify("*.gz");
    assertThat(judgement.findings()).isEmpty();
    assertThat(judgement.notes()).containsExactly("10 bytes were hashed against s.gz.sha256");
    file("s.gz", CONTENT.replace('t', 'T'));
    assertThat(verify("*.gz").verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void eachAlgorithmIsToldByTheLengthOfItsHash() throws Exception {
    file("s.gz", CONTENT);
    String[][] sums = {
      {".md5", DigestUtils.md5Hex(CONTENT)},
      {".sha1", DigestUtils.sha1Hex(CONTENT)},
      {".sha256", SHA256.toUpperCase(Locale.ROOT)},
      {".sha512", DigestUtils.sha512Hex(CONTENT)},
    };
    for (String[] sum : sums) {
      file("s.gz" + sum[0], sum[1]);
      assertThat(verify("*.gz").notes())
          .containsExactly("10 bytes were hashed against s.gz" + sum[0]); // The strongest there is.
      assertThat(verify("*.gz").findings()).isEmpty();
    }
  }

  @Test
  void aDifferenceFailsByName() throws Exception {
    file("s.gz", CONTENT);
    file("s.gz.sha512", DigestUtils.sha512Hex("another") + "  s.gz");
    assertThat(verify("*.gz").findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
              assertThat(finding.subject()).isEqualTo("dump: checksum");
              assertThat(finding.examples()).containsExactly("s.gz by SHA-512");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "not a hash",
        "1234567890123456789012345678901234567890123456  s.gz",
        "%s  another.gz",
        "%s\n00000000000000000000000000000000",
      })
  void whatIsNoChecksumOfItProvesNothing(String written) throws Exception {
    file("s.gz", CONTENT);
    file("s.gz.sha256", written.contains("\n0") ? written : written.formatted("0".repeat(64)));
    assertThat(verify("*.gz").verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aLineWithoutEndDoesNotFillTheMemory() throws Exception {
    file("s.gz", CONTENT);
    file("s.gz.sha256", "0".repeat(20_000));
    assertThat(verify("*.gz").findings())
        .singleElement()
        .extracting(Finding::found)
        .asString()
        .contains("a line of more than 10000 letters");
  }

  @Test
  void withoutAChecksumThereIsANote() throws Exception {
    file("s.gz", CONTENT);
    assertThat(verify("*.gz").findings()).isEmpty();
    assertThat(verify("*.gz").notes()).containsExactly("no checksum lies beside s.gz");
  }

  @Test
  void everyFileOfAFolderIsHashedMissedAndAskedFor() throws Exception {
    file("base/1/a", CONTENT);
    file("base/1/d/b", CONTENT);
    file("base/1/SHA256SUMS", "%1$s  a\n%1$s  ./d/b\n".formatted(SHA256));
    file("base/1/SHA256SUMS.asc", "signed");
    Judgement sound = verify("base/*/");
    assertThat(sound.findings()).isEmpty();
    assertThat(sound.notes()).containsExactly("20 bytes were hashed against base/1/SHA256SUMS");
    file("base/1/d/b", "changed");
    file("base/1/SHA256SUMS", "%1$s  a\n%1$s  d/b\n%1$s  gone\n".formatted(SHA256));
    file("base/1/new", "");
    assertThat(verify("base/*/").findings())
        .extracting(Finding::verdict, Finding::found, Finding::examples)
        .containsExactly(
            tuple(Verdict.FAIL, "1 hash to something else", List.of("base/1/d/b by SHA-256")),
            tuple(Verdict.FAIL, "1 are gone", List.of("gone")),
            tuple(Verdict.UNKNOWN, "1 are not listed", List.of("base/1/new")));
  }

  @Test
  void sumsBesideAFolderMayBeOfOthersToo() throws Exception {
    file("base/1/a", CONTENT);
    file("base/1.sha256", "%1$s  1/a\n%1$s  2/a\n".formatted(SHA256));
    assertThat(verify("base/*/").findings()).isEmpty();
    file("base/1.sha256", "%1$s  1/a\n%1$s  1/b\n%1$s  2/a\n".formatted(SHA256));
    assertThat(verify("base/*/").findings())
        .singleElement()
        .extracting(Finding::examples)
        .asInstanceOf(LIST)
        .containsExactly("1/b");
  }

  @Test
  void aFileThatGoesAwayMeanwhileIsAnError() throws Exception {
    file("s.gz", CONTENT);
    file("s.gz.sha256", SHA256);
    try (BackupSource source = BackupSources.open(folder.toString(), Map.of())) {
      StoredBackup backup =
          StoredBackups.find(source, Checks.check("files: '*.gz'")).newestFirst().get(0);
      Files.delete(folder.resolve("s.gz"));
      assertThatThrownBy(() -> Checksums.verify(source, backup, "dump"))
          .isInstanceOf(DrillException.class)
          .hasMessageContaining("gone since");
    }
  }
}
