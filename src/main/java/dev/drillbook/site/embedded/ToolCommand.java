package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of an external program, with a deadline. Its messages are in English ({@code LC_ALL=C}),
 * because some of them are parsed, and it gets no input.
 *
 * @param command the program and its arguments
 * @param environment set on top of this process's own environment
 * @param directory where it runs
 * @param timeout when it is killed, with its children
 */
record ToolCommand(
    List<String> command, Map<String, String> environment, Path directory, Duration timeout) {

  private static final int SHOWN_CHARS = 2_000;

  ToolCommand {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /**
   * What the program left.
   *
   * @param exitCode its exit code
   * @param output standard output and standard error, interleaved
   */
  record Result(int exitCode, String output) {}

  /**
   * Runs the program to its end, whatever its exit code.
   *
   * @throws DrillException if it cannot be started, is not done in time, or this thread is
   *     interrupted (which it still is afterwards)
   */
  Result run() {
    Path captured = null;
    try {
      // A file, not a pipe: a grandchild that outlives the program would keep a pipe open.
      captured = Files.createTempFile("drillbook-tool", ".log");
      Process process = start(captured);
      int exitCode = await(process, captured);
      return new Result(exitCode, Files.readString(captured, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new DrillException(
          "cannot run '" + line() + "' in " + directory + ": " + e.getMessage(),
          "check that the program may be executed and that the directory exists",
          e);
    } finally {
      if (captured != null) {
        captured.toFile().delete();
      }
    }
  }

  /**
   * Runs the program to its end and returns its output.
   *
   * @throws DrillException as {@link #run()} does, and if the exit code is not zero; the message
   *     then holds what the program said
   */
  String output() {
    Result result = run();
    if (result.exitCode() != 0) {
      throw new DrillException(
          "'" + line() + "' ended with exit code " + result.exitCode() + said(result.output()),
          "run the command by hand to see what it lacks");
    }
    return result.output();
  }

  private Process start(Path captured) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(captured.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  private int await(Process process, Path captured) throws IOException {
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        kill(process);
        throw new DrillException(
            "'"
                + line()
                + "' was not done after "
                + timeout.toSeconds()
                + " s and was killed"
                + said(Files.readString(captured, StandardCharsets.ISO_8859_1)),
            "run the command by hand to see what it waits for");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
      throw new DrillException(
          "'" + line() + "' was interrupted and killed", "run the drill again", e);
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private String line() {
    return String.join(" ", command);
  }

  /** What a program said, shortened to its end, to be put behind a sentence about it. */
  static String said(String output) {
    String text = output.strip();
    if (text.isEmpty()) {
      return "; it said nothing";
    }
    // The end of the output is where programs say why they gave up.
    String end =
        text.length() <= SHOWN_CHARS ? text : "..." + text.substring(text.length() - SHOWN_CHARS);
    return "; it said:\n" + end.indent(4).stripTrailing();
  }
}
