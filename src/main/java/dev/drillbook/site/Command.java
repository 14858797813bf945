package dev.drillbook.site;

import dev.drillbook.timeline.DrillException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A program of the team's, to be run as their runbook runs it: without a terminal or standard
 * input, its output captured, its exit code checked.
 *
 * @param label how people call it, e.g. "restore-postgres.sh"
 * @param environment all of its environment: nothing else of ours reaches it. It is read when the
 *     command starts, since a port may not be known before
 * @param launcher starts it
 */
public record Command(
    String label,
    List<String> program,
    Supplier<Map<String, String>> environment,
    Path folder,
    Set<String> secrets,
    Launcher launcher)
    implements Action {

  /** Starts programs, here or elsewhere. */
  public interface Launcher {

    /**
     * Starts one.
     *
     * @param environment all of its environment
     * @throws IOException if it cannot be started
     */
    Process launch(List<String> program, Map<String, String> environment, Path folder)
        throws IOException;

    /** As children of this JVM. */
    static Launcher here() {
      return (program, environment, folder) -> {
        ProcessBuilder builder = new ProcessBuilder(program).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
      };
    }
  }

  /** The same, which finds one more variable in its environment; its value is read at the start. */
  public Command with(String variable, Supplier<String> value) {
    Supplier<Map<String, String>> more =
        () -> {
          Map<String, String> all = new HashMap<>(environment.get());
          all.put(variable, value.get());
          return all;
        };
    return new Command(label, program, more, folder, secrets, launcher);
  }

  private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(10);
  private static final int TAIL_LINES = 8;

  @Override
  public void perform() throws InterruptedException {
    perform(new Transcript(secrets), DEFAULT_LIMIT);
  }

  /**
   * Runs it.
   *
   * @throws DrillException if it cannot be started, exits with anything but 0, or is not done
   *     within {@code limit}; in that case it and its children were killed
   */
  @Override
  public void perform(Transcript transcript, Duration limit) throws InterruptedException {
    transcript.add(Transcript.Stream.COMMAND, String.join(" ", program));
    Process process = launch();
    try {
      Thread out = pump(process.getInputStream(), Transcript.Stream.OUT, transcript);
      Thread err = pump(process.getErrorStream(), Transcript.Stream.ERR, transcript);
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new DrillException(
            label + " was not done after " + limit.toSeconds() + " s and was killed",
            "read its transcript for where it hangs, or raise the step's budget in the plan");
      }
      out.join(1_000);
      err.join(1_000);
    } finally {
      killTree(process);
    }
    if (process.exitValue() != 0) {
      throw failure(transcript, process.exitValue());
    }
  }

  private DrillException failure(Transcript transcript, int exitCode) {
    List<String> tail = transcript.tail(TAIL_LINES);
    String said =
        tail.isEmpty() ? "it printed nothing" : "it said:\n    " + String.join("\n    ", tail);
    return new DrillException(
        label + " failed with exit code " + exitCode + "; " + said,
        Diagnosis.of(tail, "read its transcript"));
  }

  private Process launch() {
    try {
      Process process = launcher.launch(program, environment.get(), folder);
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new DrillException(
          label + " could not be started: " + e.getMessage(),
          "check that it exists, that it may be executed (chmod +x) and that its first line names an interpreter that is here",
          e);
    }
  }

  private static Thread pump(InputStream from, Transcript.Stream stream, Transcript to) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader reader =
                  new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                  to.add(stream, line);
                }
              } catch (IOException e) {
                to.add(
                    Transcript.Stream.COMMAND, "reading its output ended early: " + e.getMessage());
              }
            },
            "drillbook-output");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void killTree(Process process) {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
