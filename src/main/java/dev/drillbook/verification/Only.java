package dev.drillbook.verification;

import dev.drillbook.timeline.Finding;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which tables, collections, databases or buckets a check is limited to, by their names. */
final class Only {
  private final Set<String> wanted;
  private final Set<String> unmet;

  /**
   * @param wanted as in the plan, or with the component's name and a dot before it; none for all
   */
  Only(List<String> wanted) {
    this.wanted = new TreeSet<>(wanted);
    this.unmet = new TreeSet<>(this.wanted);
  }

  boolean isEverything() {
    return wanted.isEmpty();
  }

  /** Whether the check is about that one. */
  boolean names(String component, String name) {
    String full = component + "." + name;
    boolean here = wanted.contains(name);
    boolean there = wanted.contains(full);
    unmet.remove(name);
    unmet.remove(full);
    return here || there || isEverything();
  }

  /**
   * Whether any table of the database is among them, those of its checkpoint or else the plan's.
   */
  boolean concerns(Evidence.Database database) {
    return isEverything()
        || namesAnyOf(
            database.spec().name(),
            database
                .checkpoint()
                .map(image -> image.tables().keySet())
                .orElse(database.spec().tables().keySet()));
  }

  /** Whether anything that the store held, or holds, is among them. */
  boolean concerns(Evidence.Stored store) {
    Set<String> groups = new TreeSet<>();
    store.checkpoint().ifPresent(image -> groups.addAll(image.groups().keySet()));
    store.restored().ifPresent(image -> groups.addAll(image.groups().keySet()));
    return namesAnyOf(store.name(), groups);
  }

  private boolean namesAnyOf(String component, Set<String> names) {
    return isEverything()
        || names.stream()
            .anyMatch(name -> wanted.contains(name) || wanted.contains(component + "." + name));
  }

  /** What was wanted and is nowhere. */
  Set<String> unmet() {
    return unmet;
  }

  /** What a check says of such a name. */
  Finding notInTheCheckpoint(String check, String name) {
    return Finding.unknown(
        check,
        "what the drill names can be compared",
        "there is no table, collection, bucket or database " + name + " in the checkpoint",
        "write the name as the plan does; a database of Redis is db0");
  }
}
