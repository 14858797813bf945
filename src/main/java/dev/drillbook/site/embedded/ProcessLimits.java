package dev.drillbook.site.embedded;

import dev.drillbook.site.Starvable.Resource;
import dev.drillbook.site.Starvable.Shortage;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A limit of a process and all that it starts, by prlimit(1) of util-linux. It is the soft limit
 * alone: the hard one could not be raised again by everybody.
 */
final class ProcessLimits implements Shortage {
  private static final Duration SET_WITHIN = Duration.ofSeconds(5);

  private final ProcessHandle root;
  private final Resource resource;
  private final String most;

  /** The limits that were there before. */
  private final Map<ProcessHandle, String> before = new HashMap<>();

  private boolean ended;

  private ProcessLimits(ProcessHandle root, Resource resource, long most) {
    this.root = root;
    this.resource = resource;
    this.most = String.valueOf(most);
  }

  /**
   * Limits a process and its children.
   *
   * @throws DrillException if there is no prlimit, or it may not; no limit was left changed then
   */
  static ProcessLimits of(ProcessHandle root, Resource resource, long most) {
    ProcessLimits limits = new ProcessLimits(root, resource, most);
    try {
      limits.begin();
      return limits;
    } catch (DrillException e) {
      try {
        limits.end();
      } catch (DrillException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e;
    }
  }

  /**
   * Parents come before their children: what is started by one that has the limit inherits it, and
   * what was started by one just before that is found by the next look.
   */
  private void begin() {
    boolean found = true;
    while (found) {
      found = false;
      for (ProcessHandle process : tree()) {
        Optional<String> now = before.containsKey(process) ? Optional.empty() : limitOf(process);
        if (now.isPresent()) {
          found = true;
          // What was started meanwhile has the limit already, and never had another.
          boolean inherited = now.get().equals(most) && before.containsKey(root);
          before.put(process, inherited ? before.get(root) : now.get());
          set(process, most);
        }
      }
    }
  }

  /** The root's limit of before for those that were started since, and so never had another. */
  @Override
  public synchronized void end() {
    if (ended) {
      return;
    }
    List<ProcessHandle> restored = new ArrayList<>();
    boolean found = true;
    while (found) {
      found = false;
      for (ProcessHandle process : tree()) {
        String limit = before.getOrDefault(process, before.get(root));
        if (limit != null && !restored.contains(process)) {
          found = true;
          restored.add(process);
          set(process, limit);
        }
      }
    }
    ended = true;
  }

  /** Whether it has been neither ended nor outlived. */
  synchronized boolean isInForce() {
    return !ended && Signals.isRunning(root);
  }

  @Override
  public List<Long> limited() {
    return pids(true);
  }

  @Override
  public List<Long> unlimited() {
    return pids(false);
  }

  private List<Long> pids(boolean limited) {
    return tree().stream()
        .filter(process -> limitOf(process).filter(now -> now.equals(most) == limited).isPresent())
        .map(ProcessHandle::pid)
        .toList();
  }

  private List<ProcessHandle> tree() {
    return Signals.tree(root);
  }

  /** Empty where the process is gone. */
  private Optional<String> limitOf(ProcessHandle process) {
    Optional<Programs.Outcome> outcome =
        prlimit(process, "--" + resource.option(), "--raw", "--noheadings", "--output=SOFT");
    outcome.ifPresent(found -> requireDone(process, found));
    return outcome.filter(Programs.Outcome::isGood).map(Programs.Outcome::said);
  }

  private static void requireDone(ProcessHandle process, Programs.Outcome outcome) {
    if (!outcome.isGood() && Signals.isRunning(process)) {
      throw new DrillException(
          "process " + process.pid() + " cannot be limited: " + outcome.said(),
          "may this user do so?");
    }
  }

  private void set(ProcessHandle process, String limit) {
    prlimit(process, "--" + resource.option() + "=" + limit + ":")
        .ifPresent(outcome -> requireDone(process, outcome));
  }

  /**
   * Whoever owns a process may limit it. Root may limit those of others only with a capability that
   * it need not have in a container or virtual machine.
   */
  private static List<String> asOwnerOf(ProcessHandle process) {
    if (OurUser.id() != 0) {
      return List.of();
    }
    try {
      Path itself = Path.of("/proc", String.valueOf(process.pid()));
      int owner = (int) Files.getAttribute(itself, "unix:uid");
      int group = (int) Files.getAttribute(itself, "unix:gid");
      return owner == 0
          ? List.of()
          : List.of("setpriv", "--reuid=" + owner, "--regid=" + group, "--clear-groups");
    } catch (IOException ended) {
      return List.of();
    }
  }

  /** Not asked for one that is gone: its number may be another's by now. */
  private static Optional<Programs.Outcome> prlimit(ProcessHandle process, String... options) {
    if (!Signals.isRunning(process)) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(asOwnerOf(process));
    command.addAll(List.of("prlimit", "--pid=" + process.pid()));
    command.addAll(List.of(options));
    try {
      return Optional.of(Programs.run(command, SET_WITHIN));
    } catch (DrillException e) {
      throw new DrillException(
          "no process can be starved here: " + e.problem(),
          "prlimit is part of util-linux, on Linux only; drill another fault elsewhere",
          e);
    }
  }
}
