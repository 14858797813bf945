package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.timeline.DrillException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresInstallationTest {
  private final PostgresInstallation installed =
      new PostgresInstallation(Path.of("/pg/bin"), List.of(), 15, "15.12", "installed", List.of());

  @Test
  void describesItselfByVersionAndPlace() {
    assertThat(installed.describe()).isEqualTo("PostgreSQL 15.12 from /pg/bin");
  }

  @Test
  void scriptsFindItsProgramsFirstAndTheMachinesOwnLibraries() {
    Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/bin:/bin"));
    installed.applyTo(environment);
    assertThat(environment).containsExactly(Map.entry("PATH", "/pg/bin:/usr/bin:/bin"));
  }

  @Test
  void unpackedLibrariesComeBeforeThoseThatAreSetAlready() {
    var unpacked =
        new PostgresInstallation(
            Path.of("/pg/bin"),
            List.of(Path.of("/pg/lib"), Path.of("/pg/lib64")),
            15,
            "15.12",
            "unpacked",
            List.of());
    Map<String, String> environment = new HashMap<>(Map.of("LD_LIBRARY_PATH", "/opt/lib"));
    unpacked.applyTo(environment);
    assertThat(environment)
        .containsEntry("PATH", "/pg/bin")
        .containsEntry("LD_LIBRARY_PATH", "/pg/lib:/pg/lib64:/opt/lib");
  }

  @Test
  void namesAProgramByItsAbsolutePathAndSaysWhichItLacks(@TempDir Path bin) {
    FakePrograms.postgres(bin, "16.4");
    var present = ProgramDirectory.inspect(bin, List.of()).asInstallation("here", List.of());
    assertThat(present.program("psql")).isEqualTo(bin.resolve("psql"));
    assertThatThrownBy(() -> present.program("pg_basebackup"))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("PostgreSQL 16.4 from " + bin + " has no program pg_basebackup");
  }
}
