package dev.drillbook.fault;

import dev.drillbook.site.Starvable;
import dev.drillbook.site.Starvable.Resource;
import dev.drillbook.site.Starvable.Shortage;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

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
    AtomicReference<Shortage> shortage = new AtomicReference<>();
    return InForce.begin(
        scene,
        name(),
        List.of(),
        () -> {
          shortage.set(target.starve(resource, most));
          return shortage.get();
        },
        () -> look(shortage.get()));
  }

  private Bite look(Shortage shortage) {
    List<Long> limited = shortage.limited();
    List<Long> unlimited = shortage.unlimited();
    return Bite.of(
        !limited.isEmpty() && unlimited.isEmpty(),
        limited.size()
            + " processes are limited to "
            + most
            + ", "
            + unlimited.size()
            + " are not");
  }
}
