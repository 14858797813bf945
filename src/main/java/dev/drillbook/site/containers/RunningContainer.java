package dev.drillbook.site.containers;

import dev.drillbook.site.embedded.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A server or app in a container of its own.
 *
 * @param hasInit whether the container's first process is the engine's, and the server its child
 */
record RunningContainer(Container container, boolean hasInit) implements Running {

  @Override
  public String describe() {
    return container.describe();
  }

  @Override
  public boolean isAlive() {
    return container.isRunning();
  }

  @Override
  public boolean isPaused() {
    return container.isPaused();
  }

  @Override
  public int exitCode() {
    return container.exitCode();
  }

  /** With its main process its others end, as the kernel sees to. */
  @Override
  public boolean stop(String signal, Duration limit) {
    container.signal("SIG" + signal);
    if (container.awaitEnd(limit)) {
      return true;
    }
    container.kill();
    return false;
  }

  @Override
  public void kill() {
    container.kill();
  }

  @Override
  public void pause() {
    container.pause();
  }

  @Override
  public void resume() {
    container.unpause();
  }

  /** What a process of a container leaves behind becomes a child of the first one as well. */
  private static Optional<ProcessHandle> oldestChild(ProcessHandle init) {
    return init.children()
        .min(Comparator.comparing(child -> child.info().startInstant().orElse(Instant.MAX)));
  }

  @Override
  public Optional<ProcessHandle> handle() {
    Optional<ProcessHandle> first = container.pid().flatMap(ProcessHandle::of);
    return hasInit ? first.flatMap(RunningContainer::oldestChild) : first;
  }
}
