package dev.drillbook.site.containers;

import dev.drillbook.site.embedded.Running;
import java.time.Duration;
import java.util.Optional;

/** A server or app in a container of its own. */
record RunningContainer(Container container) implements Running {

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

  @Override
  public Optional<ProcessHandle> handle() {
    return container.pid().flatMap(ProcessHandle::of);
  }
}
