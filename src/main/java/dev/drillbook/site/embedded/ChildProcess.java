package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server process that is our own child, so that its end can be awaited, and everything that it
 * has started.
 */
final class ChildProcess {
  private static final Duration GONE_WITHIN = Duration.ofSeconds(10);
  private static final int MOST_LOG_BYTES = 1 << 20;

  private final Process process;
  private final Path log;
  private final long logStart;

  private ChildProcess(Process process, Path log, long logStart) {
    this.process = process;
    this.log = log;
    this.logStart = logStart;
  }

  /**
   * Starts {@code builder}'s command with its output appended to {@code log}.
   *
   * @throws DrillException if there is no such program or it may not be executed
   */
  static ChildProcess start(ProcessBuilder builder, Path log) {
    try {
      long logStart = Files.exists(log) ? Files.size(log) : 0;
      Process process =
          builder
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new ChildProcess(process, log, logStart);
    } catch (IOException e) {
      throw new DrillException(
          "could not start " + builder.command().get(0) + ": " + e.getMessage(),
          "is the program installed, and may it be executed?",
          e);
    }
  }

  long pid() {
    return process.pid();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitCode() {
    return process.exitValue();
  }

  boolean awaitExit(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Sends a signal, e.g. "INT", to this process alone. */
  void signal(String name) {
    Signals.send(name, List.of(pid()));
  }

  /** Sends a signal to this process first and then to all that it has started. */
  void signalTree(String name) {
    Signals.send(name, tree());
  }

  /** The numbers of this process and all that it has started, itself first. */
  List<Long> tree() {
    List<Long> pids = new ArrayList<>(List.of(pid()));
    process.descendants().map(ProcessHandle::pid).forEach(pids::add);
    return pids;
  }

  /**
   * SIGKILL to this process and all that it has started; returns once all are gone.
   *
   * @throws DrillException if they are not after 10 s
   */
  void killTree() {
    if (!Signals.killTree(handle()) || !awaitExit(GONE_WITHIN)) {
      throw new DrillException(
          "process " + pid() + " is still there after SIGKILL",
          "it hangs in the kernel (a dead disk or network mount?): look at it with ps");
    }
  }

  /** The last lines that it has logged since its start, out of the last MiB. */
  List<String> logTail(int lines) {
    try (var channel = Files.newByteChannel(log)) {
      long size = channel.size();
      long from = Math.max(Math.min(logStart, size), size - MOST_LOG_BYTES);
      ByteBuffer bytes = ByteBuffer.allocate((int) (size - from));
      channel.position(from);
      while (bytes.hasRemaining() && channel.read(bytes) > 0) {
        // Reads on.
      }
      List<String> all =
          new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).lines().toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      return List.of("(its log could not be read: " + e.getMessage() + ")");
    }
  }
}
