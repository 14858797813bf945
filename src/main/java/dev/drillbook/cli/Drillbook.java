package dev.drillbook.cli;

import dev.drillbook.timeline.DrillException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code drillbook}. */
@Command(
    name = "drillbook",
    description = "Proves that backups can be restored, and that what comes back is right.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 all is proven, 1 something is wrong, 2 something could not be proven,",
      "64 the command line, the plan or a file that it names is wrong."
    })
public final class Drillbook implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(
        run(
            System.getenv(),
            new PrintWriter(System.out, true, Charset.defaultCharset()),
            new PrintWriter(System.err, true, Charset.defaultCharset()),
            arguments));
  }

  /**
   * Runs a command.
   *
   * @param environment where credentials and keys are looked up
   * @return its exit code
   */
  static int run(
      Map<String, String> environment, PrintWriter out, PrintWriter err, String... arguments) {
    IExecutionExceptionHandler known =
        (e, line, result) -> {
          if (!(e instanceof DrillException)) {
            throw e;
          }
          line.getErr().println("drillbook: " + e.getMessage());
          return ExitCode.USAGE;
        };
    return commandLine(environment)
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Drillbook::misused)
        .setExecutionExceptionHandler(known)
        .execute(arguments);
  }

  /** The command and all those below it. */
  static CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(new Drillbook())
        .addSubcommand(new RestoreCheckCommand(environment))
        .addSubcommand(new StatusCommand())
        .addSubcommand(new ManifestCommand(environment))
        .addSubcommand(new DemoBackupsCommand(environment));
  }

  private static int misused(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    line.getErr().println("drillbook: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, line.getErr());
    line.getErr()
        .println(
            "  hint: " + line.getCommandSpec().qualifiedName() + " --help lists what there is");
    return ExitCode.USAGE;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
