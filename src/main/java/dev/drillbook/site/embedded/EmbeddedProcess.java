package dev.drillbook.site.embedded;

import dev.drillbook.site.Killable;
import dev.drillbook.site.Pausable;
import dev.drillbook.site.Startable;
import dev.drillbook.timeline.DrillException;
import java.time.Duration;

/** What a component does alike, whatever its process is: it stops, dies, freezes and thaws. */
abstract class EmbeddedProcess implements Startable, Killable, Pausable {
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(10);

  /** The latest process; null before the first start. */
  ChildProcess process;

  /** The signal that asks the process to stop in good order, e.g. "TERM". */
  abstract String stopSignal();

  @Override
  public synchronized void stop() {
    if (!isRunning()) {
      return;
    }
    process.signal(stopSignal());
    if (!process.awaitExit(STOPPED_WITHIN)) {
      process.killTree();
    }
  }

  @Override
  public synchronized void kill() {
    requireRunning("killed");
    process.killTree();
  }

  @Override
  public synchronized void pause() {
    requireRunning("paused");
    process.signalTree("STOP");
  }

  @Override
  public synchronized void resume() {
    if (process != null) {
      process.signalTree("CONT");
    }
  }

  boolean isRunning() {
    return process != null && process.isAlive();
  }

  private void requireRunning(String done) {
    if (!isRunning()) {
      throw new DrillException(
          name() + " cannot be " + done + ": it does not run", "start it before the disaster");
    }
  }
}
