package dev.drillbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillbookTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return runWith(Map.of(), arguments);
  }

  private int runWith(Map<String, String> environment, String... arguments) {
    return Drillbook.run(
        environment, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  @Test
  void helpNamesEveryCommandAndExitCode() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("restore-check", "status", "manifest", "demo-backups", "Exit codes: 0", "64");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void helpOfACommandNamesItsOptionsAndShowsExamples() {
    assertThat(run("restore-check", "--help")).isZero();
    assertThat(out.toString())
        .contains("--plan", "--backups", "--pick", "--seed", "--site", "--policy", "s3://")
        .contains("drillbook restore-check --plan plan.yaml --backups");
  }

  @Test
  void whatIsNoCommandIsRefusedWithTheNearestOne() {
    assertThat(run("restore-chek")).isEqualTo(64);
    assertThat(err.toString()).contains("restore-chek", "restore-check", "drillbook --help");
    assertThat(run()).isEqualTo(64);
    assertThat(err.toString()).contains("which command?");
  }

  @Test
  void anOptionThatIsMissingIsNamed() {
    assertThat(run("restore-check", "--plan", "plan.yaml")).isEqualTo(64);
    assertThat(err.toString()).contains("--backups");
  }

  @Test
  void aPlanThatIsWrongIsAnErrorOfUsage() throws IOException {
    Path plan = Files.writeString(folder.resolve("plan.yaml"), "system: x\n");
    assertThat(run("status", "--plan", plan.toString())).isEqualTo(64);
    assertThat(err.toString()).contains("the plan has no 'components'");
    assertThat(run("status", "--plan", folder.resolve("none.yaml").toString())).isEqualTo(64);
    assertThat(err.toString()).contains("none.yaml");
  }

  @Test
  void aManifestTakesACommandAndADatabase() {
    String output = folder.resolve("m.json").toString();
    assertThat(run("manifest", "--output", output)).isEqualTo(64);
    assertThat(err.toString()).contains("COMMAND");
    Map<String, String> socket = Map.of("PGHOST", "/run/postgresql");
    assertThat(runWith(socket, "manifest", "--output", output, "true")).isEqualTo(64);
    assertThat(err.toString()).contains("set PGHOST=localhost");
    // Nothing listens on port 1.
    Map<String, String> nobody = Map.of("PGPORT", "1");
    assertThat(runWith(nobody, "manifest", "--output", output, "--", "pg_dump", "--snapshot=x"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("no snapshot of database").contains("localhost:1");
    assertThat(folder).isEmptyDirectory();
  }
}
