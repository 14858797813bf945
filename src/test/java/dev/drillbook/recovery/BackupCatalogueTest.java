package dev.drillbook.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCatalogueTest {
  @TempDir Path root;

  @Test
  void aFolderThatIsNotThereHoldsNoBackup() {
    assertThat(new BackupCatalogue(root.resolve("none")).files()).isEmpty();
  }

  @Test
  void filesAreFoundHoweverDeep() throws IOException {
    Path top = write("a.sql", "1");
    Path deep = write("2026/01/b.sql", "2");
    assertThat(new BackupCatalogue(root).files())
        .extracting(BackupCatalogue.Version::file)
        .containsExactlyInAnyOrder(top, deep);
  }

  @Test
  void theBackupIsTheBiggestNewFileAndItsSizeThatOfAllNewOnes() throws IOException {
    BackupCatalogue catalogue = new BackupCatalogue(root);
    write("old.dump", "x".repeat(100));
    Set<BackupCatalogue.Version> before = catalogue.files();
    write("new/data.dump.sha256", "abc");
    Path dump = write("new/data.dump", "x".repeat(20));
    assertThat(catalogue.newest(before)).isEqualTo(new BackupCatalogue.Backup(dump, 23));
  }

  @Test
  void aBackupThatLeavesNoNewFileIsAnError() throws IOException {
    BackupCatalogue catalogue = new BackupCatalogue(root);
    write("old.dump", "x");
    Set<BackupCatalogue.Version> before = catalogue.files();
    assertThatThrownBy(() -> catalogue.newest(before))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("left no new file in " + root)
        .hasMessageContaining("BACKUP_DIR");
  }

  @Test
  void anEmptyBackupIsAnError() throws IOException {
    Path empty = write("new.dump", "");
    assertThatThrownBy(() -> new BackupCatalogue(root).newest(Set.of()))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining(empty + " is empty");
  }

  private Path write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void aBackupThatIsWrittenOverTheOneBeforeIsNew(@TempDir Path root) throws IOException {
    Path latest = Files.writeString(root.resolve("latest.dump"), "yesterday");
    BackupCatalogue catalogue = new BackupCatalogue(root);
    Set<BackupCatalogue.Version> before = catalogue.files();
    Files.writeString(latest, "today, which is longer");

    assertThat(catalogue.newest(before).file()).isEqualTo(latest);
  }
}
