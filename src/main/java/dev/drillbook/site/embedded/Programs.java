package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The machine's own small programs, which do what Java cannot. */
final class Programs {
  private Programs() {}

  /**
   * How a program ended.
   *
   * @param command with its arguments
   * @param said on standard output and standard error
   */
  record Outcome(String command, int exitCode, String said) {
    boolean isGood() {
      return exitCode == 0;
    }

    /**
     * Does nothing where it is good.
     *
     * @throws DrillException with what was said, and {@code hint}, where it is not
     */
    void require(String hint) {
      if (!isGood()) {
        throw new DrillException(
            command + ": " + (said.isEmpty() ? "exit code " + exitCode : said), hint);
      }
    }
  }

  /**
   * Runs one to its end.
   *
   * @throws DrillException if there is no such program, or it is not done within {@code limit}, in
   *     which case it was killed
   */
  static Outcome run(List<String> command, Duration limit) {
    Path output = null;
    try {
      // In a file: what a program leaves in the background may hold a pipe open.
      output = Files.createTempFile("drillbook", ".out");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new DrillException(
            String.join(" ", command) + " was not done after " + limit.toSeconds() + " s",
            "run it by hand: does it hang?");
      }
      return new Outcome(
          String.join(" ", command),
          process.exitValue(),
          Files.readString(output, StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new DrillException(
          command.get(0) + " cannot be run: " + e.getMessage(), "install it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException(
          "interrupted while " + command.get(0) + " was running", "run the drill again", e);
    } finally {
      if (output != null) {
        output.toFile().delete();
      }
    }
  }
}
