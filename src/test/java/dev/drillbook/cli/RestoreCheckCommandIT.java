package dev.drillbook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drillbook.demo.BadBackup;
import dev.drillbook.demo.DemoBackups;
import dev.drillbook.demo.Form;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command over a month of backups, good ones and each kind of bad one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoreCheckCommandIT {
  private Path folder;
  private DemoBackups demo;

  /** What a command printed, and its exit code. */
  private record Run(int exitCode, String out, String err) {}

  private static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Drillbook.run(
            System.getenv(), new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Run(exitCode, out.toString(), err.toString());
  }

  @BeforeAll
  void makeBackups(@TempDir Path temporary) {
    folder = temporary;
    Run made = run("demo-backups", "--to", folder.resolve("demo").toString());
    assertThat(made.exitCode()).as(made.toString()).isZero();
    demo = new DemoBackups(folder.resolve("demo"));
    assertThat(made.out()).contains("restore-check --plan " + demo.plan(Form.DUMP));
  }

  private Run check(Form form, Path backups, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "restore-check",
                "--plan",
                demo.plan(form).toString(),
                "--backups",
                backups.toString(),
                "--history",
                folder.resolve("checks.jsonl").toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private static boolean hasToolsFor(Form form) {
    return form.needs().stream()
        .allMatch(
            tool ->
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                    .anyMatch(place -> Files.isExecutable(Path.of(place, tool))));
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void itIsGreenOnGoodOnes(Form form) {
    assumeTrue(hasToolsFor(form));
    Run run = check(form, demo.good(form));
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.PASS);
    assertThat(run.out()).contains(": PASS, ", "restore", "verify", "row counts");
  }

  @ParameterizedTest
  @EnumSource(BadBackup.class)
  void itIsRedOnEachKindOfBadOne(BadBackup kind) {
    assumeTrue(hasToolsFor(kind.form()));
    Run run = check(kind.form(), demo.bad(kind));
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.of(kind.expected()));
    int findings = run.out().indexOf("\n1. ");
    assertThat(findings).as(run.toString()).isPositive();
    assertThat(run.out().substring(findings).toLowerCase(Locale.ROOT))
        .contains(kind.word().toLowerCase(Locale.ROOT));
    assertThat(demo.escaped()).as("what it tried to leave behind").isEmptyDirectory();
  }

  @Test
  void anyOneCanBePickedAndARandomOneAgain() {
    Path good = demo.good(Form.DUMP);
    Run random = check(Form.DUMP, good, "--pick", "random", "--seed", "7");
    assertThat(random.out()).contains("chosen by --seed 7");
    String backup = random.out().replaceAll("(?s).*: PASS, (\\S+) \\(.*", "$1");
    assertThat(check(Form.DUMP, good, "--pick", "random", "--seed", "7").out()).contains(backup);
    assertThat(check(Form.DUMP, good, "--pick", backup).out()).contains(backup);
    Run typo = check(Form.DUMP, good, "--pick", backup + "x");
    assertThat(typo.exitCode()).isEqualTo(ExitCode.UNKNOWN);
    assertThat(typo.out()).contains("did you mean '" + backup + "'?");
  }

  @Test
  void whetherItRanIsToldFromItsHistory() {
    String history = folder.resolve("status.jsonl").toString();
    String plan = demo.plan(Form.DUMP).toString();
    Run never = run("status", "--plan", plan, "--history", history);
    assertThat(never.exitCode()).isEqualTo(ExitCode.FAIL);
    assertThat(never.out()).contains("last run never, last success never, OVERDUE");

    String good = demo.good(Form.DUMP).toString();
    assertThat(
            run("restore-check", "--plan", plan, "--backups", good, "--history", history)
                .exitCode())
        .isZero();
    Run now = run("status", "--plan", plan, "--history", history);
    assertThat(now.exitCode()).as(now.toString()).isEqualTo(ExitCode.PASS);
    assertThat(now.out()).doesNotContain("never", "OVERDUE");
  }
}
