package dev.drillbook.verification;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.plan.ComponentSpec.TableSpec;
import dev.drillbook.snapshot.GroupChanges;
import dev.drillbook.snapshot.GroupImage;
import dev.drillbook.snapshot.StoreImage;
import dev.drillbook.timeline.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The row counts of stores other than PostgreSQL. Collections are judged by the plan as tables are.
 * Whatever held something when the backup was taken must not be empty. A bucket or database that
 * was empty already is right to be so, unless the whole store was: that proves nothing, but where
 * clients have filled it since.
 */
final class StoreCounts {
  private final String check;
  private final Evidence.Stored store;
  private final StoreImage latest;
  private final List<Finding> findings;

  StoreCounts(String check, Evidence.Stored store, List<Finding> findings) {
    this.check = check;
    this.store = store;
    this.latest = store.latestImage();
    this.findings = findings;
  }

  /** Judges; how many groups were looked at. */
  int judge() {
    Set<String> groups = new TreeSet<>(planned());
    groups.addAll(latest.groups().keySet());
    store.checkpoint().ifPresent(image -> groups.addAll(image.groups().keySet()));
    int before = findings.size();
    groups.forEach(this::judge);
    boolean usedSince = store.live().map(StoreImage::count).orElse(0L) > 0;
    if (findings.size() == before && latest.count() == 0 && !usedSince && !mayAllBeEmpty()) {
      findings.add(
          Finding.unknown(
              check,
              store.name() + " holds something",
              "it is empty"
                  + (store.checkpoint().isPresent() ? ", and was when the backup was taken" : ""),
              "an empty store proves nothing: give it a seed, or let clients fill it"));
    }
    return groups.size();
  }

  private Set<String> planned() {
    if (store.spec() instanceof ComponentSpec.Mongo mongo) {
      return mongo.collections().keySet();
    }
    return store.spec() instanceof ComponentSpec.ObjectStore objects
        ? objects.buckets().keySet()
        : Set.of();
  }

  private Optional<TableSpec> planned(String group) {
    return store.spec() instanceof ComponentSpec.Mongo mongo
        ? Optional.ofNullable(mongo.collections().get(group))
        : Optional.empty();
  }

  private boolean mayAllBeEmpty() {
    return store.spec() instanceof ComponentSpec.Mongo mongo
        && mongo.collections().values().stream().allMatch(TableSpec::mayBeEmpty);
  }

  private void judge(String name) {
    String group = latest.kind().group() + " " + store.name() + "." + name;
    String entries = latest.kind().entry() + "s";
    GroupImage image = latest.groups().get(name);
    long count = image == null ? 0 : image.count();
    Optional<TableSpec> plan = planned(name);
    if (image == null && planned().contains(name)) {
      findings.add(
          Finding.fail(
              check,
              group + " exists",
              "there is no such " + latest.kind().group(),
              "the restore did not bring it back: read the restore step's transcript"));
    } else if (plan.isPresent() && count < plan.get().minimumRows()) {
      findings.add(
          Finding.fail(
              check,
              group + " holds at least " + plan.get().minimumRows() + " " + entries,
              count + " " + entries,
              "is the backup complete, and is it the right one?"));
    } else if (count == 0 && heldSomething(name, image)) {
      findings.add(
          Finding.fail(
              check,
              group + " holds " + entries + ", as when the backup was taken",
              image == null ? "there is no such " + latest.kind().group() : "it is empty",
              "the restore did not bring them back: read the restore step's transcript"));
    } else if (plan.isPresent() && count == 0 && !plan.get().mayBeEmpty()) {
      findings.add(
          Finding.unknown(
              check,
              group + " holds " + entries,
              "it is empty, and the plan does not say that it may be",
              "set mayBeEmpty for this collection if that is right, or minimumRows if it is not"));
    } else if (image != null && !planned().isEmpty() && !planned().contains(name)) {
      findings.add(
          Finding.unknown(
              check,
              "every " + latest.kind().group() + " of " + store.name() + " is in the plan",
              latest.kind().group() + " " + name + " is not",
              "list it under the component's " + latest.kind().group() + "s"));
    }
  }

  /** Whether the checkpoint has entries of it that cannot have expired since. */
  private boolean heldSomething(String name, GroupImage now) {
    GroupImage was = store.checkpoint().map(image -> image.groups().get(name)).orElse(null);
    if (was == null || now == null) {
      return was != null && was.count() > 0;
    }
    return GroupChanges.between(latest.kind(), was, now).missing() > 0;
  }

  /** Such as "2 collections, 30 documents". */
  static String coverage(List<Evidence.Stored> stores) {
    StringBuilder text = new StringBuilder();
    for (Evidence.Stored store : stores) {
      StoreImage image = store.latestImage();
      text.append(
          ", %s: %d %ss, %d %ss"
              .formatted(
                  store.name(),
                  image.groups().size(),
                  image.kind().group(),
                  image.count(),
                  image.kind().entry()));
    }
    return text.toString();
  }
}
