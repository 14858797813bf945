package dev.drillbook.cli;

import dev.drillbook.demo.DemoBackups;
import dev.drillbook.demo.Form;
import dev.drillbook.site.embedded.Installations;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drillbook demo-backups}. */
@Command(
    name = "demo-backups",
    description = {
      "Makes a month of backups of a web shop that is made up, good ones and one catalogue of each way in which backups go wrong, to try restore-check on.",
      "",
      "Some of the bad ones are hostile: treat them as such."
    },
    mixinStandardHelpOptions = true)
final class DemoBackupsCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Where to; it must not exist, or be empty.")
  private Path target;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "What the shop's customers buy depends on it (default: ${DEFAULT-VALUE}).")
  private long seed;

  DemoBackupsCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    DemoBackups made =
        DemoBackups.make(
            target,
            Instant.now(),
            seed,
            Installations.ofThisMachine(environment, out::println),
            out::println);
    out.println();
    out.println("what is what: " + made.target().resolve("README.md"));
    out.println(
        "try: drillbook restore-check --plan %s --backups %s"
            .formatted(made.plan(Form.DUMP), made.good(Form.DUMP)));
    return ExitCode.PASS;
  }
}
