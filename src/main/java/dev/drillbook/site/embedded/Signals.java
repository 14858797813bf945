package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Signals that Java itself cannot send. */
final class Signals {
  private static final Duration GONE_WITHIN = Duration.ofSeconds(10);

  private Signals() {}

  /**
   * Sends {@code name}, e.g. "STOP", to each of {@code pids} in order; one that is gone is passed
   * over.
   */
  static void send(String name, List<Long> pids) {
    // One call for all: a process that is gone is reported, and does not keep the others from it.
    String script =
        pids.stream()
            .map(String::valueOf)
            .collect(Collectors.joining(" ", "kill -" + name + " ", ""));
    try {
      // The shell's own kill: the program of that name is missing on slim machines.
      Process shell =
          new ProcessBuilder("sh", "-c", script)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      shell.waitFor();
    } catch (IOException e) {
      throw new DrillException(
          "no signal could be sent: " + e.getMessage(), "is there a shell (sh) on the PATH?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * SIGKILL to a process and all that it has started, the parent first so that it cannot react to
   * its children's deaths; returns once all are gone.
   *
   * @return whether they are, after at most 10 s
   */
  static boolean killTree(ProcessHandle root) {
    List<ProcessHandle> tree = new ArrayList<>(List.of(root));
    tree.addAll(root.descendants().toList());
    tree.forEach(ProcessHandle::destroyForcibly);
    long deadline = System.nanoTime() + GONE_WITHIN.toNanos();
    while (tree.stream().anyMatch(Signals::isRunning)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }

  /**
   * Whether a process runs. One that has ended but was never waited for (a zombie, whose parent may
   * never do so in a container) does not.
   */
  static boolean isRunning(ProcessHandle handle) {
    return handle.isAlive() && state(handle) != 'Z';
  }

  /** Whether a process was stopped and not continued. */
  static boolean isStopped(ProcessHandle handle) {
    return state(handle) == 'T';
  }

  /** As in proc(5), field 3 of stat; R where the machine does not tell. */
  private static char state(ProcessHandle handle) {
    try {
      String stat = Files.readString(Path.of("/proc/" + handle.pid() + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException | IndexOutOfBoundsException noProcFileSystemOrGone) {
      return handle.isAlive() ? 'R' : 'Z';
    }
  }
}
