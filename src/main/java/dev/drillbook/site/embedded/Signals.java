package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Signals that Java itself cannot send. */
final class Signals {
  private static final int LOOKS_IN_VAIN = 3;

  /** Fields 3 and 20 of stat in proc(5), counted from the one after the name. */
  private static final int STATE = 0;

  private static final int THREADS = 17;
  private static final Duration GONE_WITHIN = Duration.ofSeconds(10);
  private static final long LOOK_EVERY_NANOS = 200_000;

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

  /** A process and all that it has started, itself first, those that have ended left out. */
  static List<ProcessHandle> tree(ProcessHandle root) {
    return Stream.concat(Stream.of(root), root.descendants()).filter(Signals::isRunning).toList();
  }

  /**
   * SIGKILL to a process and all that it has started; returns once all are gone.
   *
   * @return whether they are, after at most 10 s
   */
  static boolean killTree(ProcessHandle root) {
    Set<ProcessHandle> known = new LinkedHashSet<>(List.of(root));
    return killAll(
            () -> {
              addChildren(known);
              return known;
            })
        .isEmpty();
  }

  /** Adds all that descend from any of them, in one look at the machine's processes. */
  static void addChildren(Set<ProcessHandle> known) {
    Map<ProcessHandle, ProcessHandle> parents = new HashMap<>();
    ProcessHandle.allProcesses()
        .forEach(process -> process.parent().ifPresent(parent -> parents.put(process, parent)));
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Map.Entry<ProcessHandle, ProcessHandle> each : parents.entrySet()) {
        grown |= known.contains(each.getValue()) && known.add(each.getKey());
      }
    }
  }

  /**
   * SIGKILL to all that {@code look} finds; returns once they are gone. Each is stopped before any
   * is killed: a stopped process starts nothing and reacts to no other's death, so that all are
   * known once nobody new is found. One that ends while it is looked for, and has started another
   * just before, can hide that from a single look.
   *
   * @return those that are still there after 10 s
   */
  static List<ProcessHandle> killAll(Supplier<? extends Collection<ProcessHandle>> look) {
    Set<ProcessHandle> stopped = new LinkedHashSet<>();
    for (int looks = 0; looks < LOOKS_IN_VAIN; looks++) {
      Set<ProcessHandle> found = new LinkedHashSet<>(look.get());
      found.removeAll(stopped);
      found.removeIf(process -> !isRunning(process));
      if (!found.isEmpty()) {
        send("STOP", found.stream().map(ProcessHandle::pid).toList());
        stopped.addAll(found);
        looks = -1;
      }
    }
    stopped.forEach(ProcessHandle::destroyForcibly);
    awaitEnd(stopped, GONE_WITHIN);
    return stopped.stream().filter(Signals::isRunning).toList();
  }

  /** Whether all of them have ended within {@code limit}. */
  static boolean awaitEnd(Collection<ProcessHandle> processes, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (processes.stream().anyMatch(Signals::isRunning)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
    return true;
  }

  /**
   * Whether a process runs. One that has ended but was never waited for (a zombie, whose parent may
   * never do so in a container) does not, once the last of its threads has ended too and its files
   * and ports are free.
   */
  static boolean isRunning(ProcessHandle handle) {
    if (!handle.isAlive()) {
      return false;
    }
    String[] stat = stat(handle);
    return !stat[STATE].equals("Z") || Integer.parseInt(stat[THREADS]) > 1;
  }

  /** Whether a process was stopped and not continued. */
  static boolean isStopped(ProcessHandle handle) {
    return stat(handle)[STATE].equals("T");
  }

  /**
   * Waits until each of these processes stands still or is gone; not at all where the system does
   * not tell whether they do.
   */
  static void awaitStop(Collection<ProcessHandle> processes, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (processes.stream().anyMatch(Signals::isSeenToMove) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  private static boolean isSeenToMove(ProcessHandle process) {
    return Files.exists(Path.of("/proc/" + process.pid() + "/stat"))
        && isRunning(process)
        && !isStopped(process);
  }

  /** The fields of stat in proc(5) after the name; those of one that runs where nobody tells. */
  private static String[] stat(ProcessHandle handle) {
    try {
      String stat = Files.readString(Path.of("/proc/" + handle.pid() + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      if (fields.length > THREADS) {
        return fields;
      }
    } catch (IOException | IndexOutOfBoundsException noProcFileSystemOrGone) {
      // As told by the JDK, then.
    }
    String[] untold = new String[THREADS + 1];
    Arrays.fill(untold, "1");
    untold[STATE] = handle.isAlive() ? "R" : "Z";
    return untold;
  }
}
