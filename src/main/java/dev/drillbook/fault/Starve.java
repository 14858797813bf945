package dev.drillbook.fault;

import dev.drillbook.site.Starvable;
import dev.drillbook.site.Starvable.Limit;
import dev.drillbook.site.Starvable.Resource;
import dev.drillbook.site.Undo;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The processes of a component may not have more than so many open files, or so much memory. What
 * they have already stays theirs; what they start inherits the limit.
 */
@About(
    kind = About.Kind.PROCESS,
    does = "limits open files, or address space, of each of its processes",
    hits = "any component",
    needs = "it runs; prlimit (util-linux), Linux",
    undone = "the limits that were there before",
    bites = "every process has the limit")
public record Starve(Starvable target, Resource resource, long most) implements Fault {

  /** At most so many files and connections open in each process. */
  public static Fault starveOfFiles(Starvable target, long most) {
    return new Starve(target, Resource.OPEN_FILES, most);
  }

  /** At most so many bytes of address space for each process. */
  public static Fault starveOfMemory(Starvable target, long mostBytes) {
    return new Starve(target, Resource.MEMORY, mostBytes);
  }

  @Override
  public String name() {
    return "starve "
        + target.name()
        + " of "
        + resource.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public ActiveFault inject(Scene scene) {
    List<Limit> limits = target.limits(resource, most);
    return InForce.begin(
        scene.journal(),
        new Undo.EndWithSite(name()),
        limits.stream().map(limit -> "process " + limit.process()).toList(),
        () -> limits.forEach(limit -> run(limit.limit())),
        () -> {
          List<Limit> now = target.limits(resource, most);
          boolean all = !now.isEmpty() && now.stream().allMatch(l -> l.restore().equals(l.limit()));
          return Bite.of(all, now.size() + " processes, limited to " + most + ": " + all);
        },
        // A process that is gone cannot be restored, and need not be.
        () -> limits.forEach(limit -> runAnyway(limit.restore())));
  }

  private static void run(List<String> command) {
    if (runAnyway(command) != 0) {
      throw new DrillException(
          String.join(" ", command) + " failed", "may this user set limits of the process?");
    }
  }

  private static int runAnyway(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(5, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException e) {
      throw new DrillException(command.get(0) + " could not be run: " + e, "install util-linux", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }
}
