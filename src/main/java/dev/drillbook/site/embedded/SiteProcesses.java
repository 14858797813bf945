package dev.drillbook.site.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private SiteProcesses() {}

  /**
   * Ends them all; returns once they are gone.
   *
   * @param started those that the site started
   * @return those that are still there after 10 s
   */
  static List<ProcessHandle> end(Collection<ProcessHandle> started, Path site) {
    return Signals.killAll(() -> find(started, site));
  }

  private static Set<ProcessHandle> find(Collection<ProcessHandle> started, Path site) {
    Set<ProcessHandle> found = new LinkedHashSet<>();
    // One that has ended has no children, and its number may be another's.
    Stream.concat(started.stream(), marked(site)).filter(Signals::isRunning).forEach(found::add);
    Signals.addChildren(found);
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
