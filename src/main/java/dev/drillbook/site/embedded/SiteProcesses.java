package dev.drillbook.site.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All processes of a site: those that it started, those that carry its mark in their environment,
 * as what a script left in the background does, and whatever descends from either.
 */
final class SiteProcesses {
  /** The variable that holds the folder of the site that a process belongs to. */
  static final String MARK = "DRILLBOOK_SITE";

  private static final int LOOKS_IN_VAIN = 3;
  private static final Duration GONE_WITHIN = Duration.ofSeconds(10);

  private SiteProcesses() {}

  /**
   * Ends them all; returns once they are gone. Each is stopped before any is killed: a stopped
   * process starts nothing, so that all are known once nobody new is found. One that ends while it
   * is looked for, and has started another just before, can hide that from a single look.
   *
   * @param started those that the site started
   * @return those that are still there after 10 s
   */
  static List<ProcessHandle> end(Collection<ProcessHandle> started, Path site) {
    Set<ProcessHandle> stopped = new LinkedHashSet<>();
    for (int looks = 0; looks < LOOKS_IN_VAIN; looks++) {
      Set<ProcessHandle> found = find(started, site);
      found.removeAll(stopped);
      if (!found.isEmpty()) {
        Signals.send("STOP", found.stream().map(ProcessHandle::pid).toList());
        stopped.addAll(found);
        looks = -1;
      }
    }
    stopped.forEach(ProcessHandle::destroyForcibly);
    long deadline = System.nanoTime() + GONE_WITHIN.toNanos();
    while (stopped.stream().anyMatch(Signals::isRunning) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    return stopped.stream().filter(Signals::isRunning).toList();
  }

  private static Set<ProcessHandle> find(Collection<ProcessHandle> started, Path site) {
    Set<ProcessHandle> found = new LinkedHashSet<>();
    Stream.concat(started.stream(), marked(site))
        .filter(Signals::isRunning)
        .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
        .filter(Signals::isRunning)
        .forEach(found::add);
    found.remove(ProcessHandle.current());
    return found;
  }

  private static Stream<ProcessHandle> marked(Path site) {
    byte[] mark = (MARK + "=" + site).getBytes(StandardCharsets.UTF_8);
    return ProcessHandle.allProcesses().filter(process -> hasVariable(process, mark));
  }

  /** False also where the environment may not be read: what is not ours is not to be ended. */
  private static boolean hasVariable(ProcessHandle process, byte[] variable) {
    try {
      byte[] all = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "environ"));
      int from = 0;
      for (int i = 0; i <= all.length; i++) {
        if (i == all.length || all[i] == 0) {
          if (Arrays.equals(all, from, i, variable, 0, variable.length)) {
            return true;
          }
          from = i + 1;
        }
      }
      return false;
    } catch (IOException noProcFileSystemOrGone) {
      return false;
    }
  }
}
