package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A server process that is our own child, so that its end can be awaited, and everything that it
 * has started.
 */
final class ChildProcess implements Running {
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(5);

  private static final Duration GONE_WITHIN = Duration.ofSeconds(10);

  private final Process process;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts {@code builder}'s command with its output appended to {@code log}.
   *
   * @throws DrillException if there is no such program or it may not be executed
   */
  static ChildProcess start(ProcessBuilder builder, Path log) {
    try {
      return new ChildProcess(
          builder
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start());
    } catch (IOException e) {
      throw new DrillException(
          "could not start " + builder.command().get(0) + ": " + e.getMessage(),
          "is the program installed, and may it be executed?",
          e);
    }
  }

  ProcessHandle toHandle() {
    return process.toHandle();
  }

  @Override
  public String describe() {
    return "process " + process.pid();
  }

  @Override
  public Optional<ProcessHandle> handle() {
    return Optional.of(toHandle()).filter(Signals::isRunning);
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public boolean isPaused() {
    return Signals.isStopped(toHandle());
  }

  @Override
  public int exitCode() {
    return process.exitValue();
  }

  @Override
  public boolean stop(String signal, Duration limit) {
    // Known before its end: they have no parent to be found by afterwards.
    List<ProcessHandle> started = Signals.tree(toHandle());
    Signals.send(signal, List.of(process.pid()));
    boolean ended = awaitExit(limit);
    List<ProcessHandle> left = started.stream().filter(Signals::isRunning).toList();
    if (ended && !left.isEmpty()) {
      // A shell that is told to end does not tell the program that it has started.
      Signals.send(signal, pids(left));
      ended = Signals.awaitEnd(left, limit);
    }
    if (!ended) {
      killWith(started);
    }
    return ended;
  }

  /** Those that were started meanwhile too. */
  private void killWith(Collection<ProcessHandle> started) {
    Set<ProcessHandle> known = new LinkedHashSet<>(started);
    boolean gone =
        Signals.killAll(
                () -> {
                  Signals.addChildren(known);
                  return known;
                })
            .isEmpty();
    if (!gone || !awaitExit(GONE_WITHIN)) {
      throw new DrillException(
          describe() + " is still there after SIGKILL",
          "it hangs in the kernel (a dead disk or network mount?): look at it with ps");
    }
  }

  private boolean awaitExit(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException(
          "interrupted while " + describe() + " was ending", "run the drill again", e);
    }
  }

  private static List<Long> pids(List<ProcessHandle> processes) {
    return processes.stream().map(ProcessHandle::pid).toList();
  }

  @Override
  public void kill() {
    killWith(List.of(toHandle()));
  }

  /**
   * Itself first, so that it cannot react to its children's standstill. A process stops when it is
   * scheduled next, which on a busy machine takes its time.
   */
  @Override
  public void pause() {
    List<ProcessHandle> tree = Signals.tree(toHandle());
    Signals.send("STOP", pids(tree));
    Signals.awaitStop(tree, STOPPED_WITHIN);
  }

  @Override
  public void resume() {
    Signals.send("CONT", pids(Signals.tree(toHandle())));
  }
}
