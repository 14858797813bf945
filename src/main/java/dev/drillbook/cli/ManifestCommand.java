package dev.drillbook.cli;

import dev.drillbook.manifest.Manifest;
import dev.drillbook.manifest.ManifestRun;
import dev.drillbook.timeline.DrillException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drillbook manifest}. */
@Command(
    name = "manifest",
    description = {
      "Takes a backup of PostgreSQL by running COMMAND, and writes down what was in it: how many rows each table had, their fingerprints, and every definition. restore-check compares what comes back with that, exactly.",
      "",
      "Both look at the same snapshot, so the database may be in use. COMMAND is given its identifier as {snapshot} and as the variable DRILLBOOK_SNAPSHOT. Its database is that of PGHOST (localhost), PGPORT, PGDATABASE, PGUSER and PGPASSWORD or ~/.pgpass."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Put the manifest beside the backup, as its name with .manifest.json:",
      "  drillbook manifest --output shop.dump.manifest.json -- \\",
      "    pg_dump --snapshot={snapshot} --format=custom --file=shop.dump",
      "",
      "A manifest holds no row, but numbers of rows and the text of definitions.",
      "",
      "Exit codes: 0 both were taken; 1 the command failed, or its manifest could not be taken; 64 usage."
    })
final class ManifestCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The manifest; nothing may be there yet.")
  private Path output;

  @Option(
      names = "--without",
      paramLabel = "TABLE",
      description =
          "Its rows are left out of the backup, e.g. by --exclude-table-data; may be given several times.")
  private Set<String> without = new HashSet<>();

  @Option(
      names = "--rows-only",
      description = "Leaves definitions out, where the backup does not hold all of them.")
  private boolean rowsOnly;

  @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "What takes the backup.")
  private List<String> command;

  ManifestCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    // The backup itself may be what goes to the standard output.
    PrintWriter err = spec.commandLine().getErr();
    ManifestRun run = new ManifestRun(environment, output, without, rowsOnly);
    try {
      Manifest manifest = run.run(command);
      err.println(
          "drillbook: %s: %d tables, %d rows, as of %s"
              .formatted(output, manifest.tables(), manifest.rows(), manifest.takenAt()));
      manifest
          .replaced()
          .forEach(
              table ->
                  err.println(
                      "drillbook: "
                          + table
                          + " was truncated or rewritten meanwhile: nothing is known of its rows"));
      return ExitCode.PASS;
    } catch (DrillException e) {
      err.println("drillbook: " + e.getMessage());
      return ExitCode.FAIL;
    }
  }
}
