package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.timeline.DrillException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresInstallationsTest {
  @TempDir Path root;

  @Test
  void anInstallationIsUsedWithoutTouchingTheCache() {
    Path bin = FakePrograms.postgres(root.resolve("bin"), "17.2");
    Path cache = root.resolve("cache");
    var found = new PostgresInstallations(bin.toString(), List.of(), cache).locate();
    assertThat(found.describe()).isEqualTo("PostgreSQL 17.2 from " + bin);
    assertThat(cache).doesNotExist();
  }

  @Test
  void withoutPackageToolsTheErrorSaysWhereItLookedAndWhatToInstall() {
    Path bin = FakePrograms.answering(root.resolve("bin"), "pg_dump", "17.2").getParent();
    var search = new PostgresInstallations(bin.toString(), List.of(), root.resolve("cache"));
    assertThatThrownBy(search::locate)
        .isInstanceOfSatisfying(
            DrillException.class,
            e -> {
              assertThat(e.problem())
                  .contains(bin + ": pg_dump 17.2; no initdb, postgres, psql")
                  .contains("no apt-get, apt-cache and dpkg on the PATH");
              assertThat(e.hint())
                  .contains("apt-get install postgresql postgresql-client")
                  .contains("dnf install postgresql-server")
                  .contains("brew install postgresql@17");
            });
  }
}
