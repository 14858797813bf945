package dev.drillbook.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A hundred thousand files: what would take the square of their number would not end here. */
class CatalogueSizeTest {
  private static final int FILES = 100_000;
  private static final Instant NEWEST = Instant.parse("2026-11-05T06:00:00Z");
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Test
  void aHundredThousandBackupsAreFoundAndJudged() {
    Checks checks =
        Checks.of(
            "schedule: '*/10 * * * *', retention: 700d",
            "files: \"d/x_{yyyyMMdd'T'HHmm}_*.gz\", globals: \"d/g_{yyyyMMdd'T'HHmm}.sql\"");
    StoredBackups found = StoredBackups.find(new Made(), checks.check());
    assertThat(found.newestFirst()).hasSize(FILES / 2);
    Judgement judgement =
        new PolicyJudge(checks.policy(), checks.check(), Optional.empty(), Optional.empty())
            .judge(found.newestFirst(), NEWEST.plusSeconds(1));
    assertThat(judgement.findings()).isEmpty();
    assertThat(Pick.parse("random").from(found.newestFirst(), 1)).hasSize(1);
  }

  /** Every ten minutes a backup and its globals. */
  private static final class Made implements BackupSource {
    @Override
    public List<StoredFile> list() {
      List<StoredFile> files = new ArrayList<>();
      for (int i = 0; i < FILES / 2; i++) {
        Instant at = NEWEST.minus(Duration.ofMinutes(10L * i));
        files.add(new StoredFile("d/x_" + NAME.format(at) + "_full.gz", 1000, at));
        files.add(new StoredFile("d/g_" + NAME.format(at) + ".sql", 1000, at));
      }
      return files;
    }

    @Override
    public InputStream open(StoredFile file) {
      return InputStream.nullInputStream();
    }

    @Override
    public Lock lock(StoredFile file, Instant wanted) {
      return new Lock.None();
    }

    @Override
    public String where() {
      return "a list";
    }

    @Override
    public void close() {}
  }
}
