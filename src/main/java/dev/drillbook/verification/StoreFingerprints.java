package dev.drillbook.verification;

import dev.drillbook.snapshot.GroupChanges;
import dev.drillbook.snapshot.GroupImage;
import dev.drillbook.snapshot.StoreImage;
import dev.drillbook.timeline.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares what was restored into a store other than PostgreSQL with its checkpoint, entry by
 * entry. A group that was not there when the backup was taken must not hold anything now.
 */
final class StoreFingerprints {
  private final String check;
  private final Evidence.Stored store;
  private final StoreImage checkpoint;
  private final StoreImage restored;
  private final List<Finding> findings;
  private long entries;
  private long expired;
  private long countedOnly;

  StoreFingerprints(String check, Evidence.Stored store, List<Finding> findings) {
    this.check = check;
    this.store = store;
    this.checkpoint = store.checkpointImage();
    this.restored = store.restoredImage();
    this.findings = findings;
  }

  /** Judges the groups that {@code only} names. */
  void judge(Only only) {
    Set<String> names = new TreeSet<>(checkpoint.groups().keySet());
    names.addAll(restored.groups().keySet());
    for (String name : names) {
      if (only.names(store.name(), name)) {
        judge(
            name,
            Optional.ofNullable(checkpoint.groups().get(name)),
            Optional.ofNullable(restored.groups().get(name)));
      }
    }
  }

  /** How many entries of the checkpoint were compared. */
  long entries() {
    return entries;
  }

  String coverage() {
    return ", "
        + store.name()
        + ": "
        + entries
        + " "
        + checkpoint.kind().entry()
        + "s"
        + (expired == 0 ? "" : " (" + expired + " have expired since)")
        + (countedOnly == 0
            ? ""
            : " (%d of them by their sum alone, which says nothing of when they expire)"
                .formatted(countedOnly));
  }

  private void judge(String name, Optional<GroupImage> before, Optional<GroupImage> after) {
    StoreImage.Kind kind = checkpoint.kind();
    String group = store.name() + "." + name;
    if (before.isEmpty()) {
      after
          .filter(image -> image.count() > 0)
          .ifPresent(
              image ->
                  findings.add(
                      Finding.fail(
                          check,
                          "%s was not there when the backup was taken".formatted(group),
                          "it holds %d %ss".formatted(image.count(), kind.entry()),
                          "was the restore's target empty? what else writes to it?")));
      return;
    }
    entries += before.get().count();
    String expected =
        "%s is as it was when the backup was taken: %d %ss"
            .formatted(group, before.get().count(), kind.entry());
    if (after.isEmpty()) {
      if (before.get().count() > 0 || kind != StoreImage.Kind.REDIS) {
        findings.add(
            Finding.fail(
                check,
                expected,
                "there is no such " + kind.group(),
                "read the restore step's transcript"));
      }
      return;
    }
    GroupChanges changes = GroupChanges.between(kind, before.get(), after.get());
    expired += changes.expired();
    countedOnly += changes.told() ? 0 : before.get().count();
    if (changes.undecided(before.get(), after.get())) {
      findings.add(
          Finding.unknown(
              check,
              expected,
              "%d %ss: of those that expire some are gone, too many to know which had expired"
                  .formatted(after.get().count(), kind.entry()),
              "drill with less data (drill.scale)"));
    } else if (!changes.same()) {
      findings.add(
          Finding.fail(
                  check,
                  expected,
                  found(kind, changes, after.get()),
                  "was another backup restored, or did anything write before or after the restore?")
              .withExamples(changes.examples()));
    }
  }

  private static String found(StoreImage.Kind kind, GroupChanges changes, GroupImage after) {
    String count = "%d %ss".formatted(after.count(), kind.entry());
    return changes.told()
        ? "%s: %d are missing, %d differ, %d were not there before"
            .formatted(count, changes.missing(), changes.changed(), changes.extra())
        : count + ", too many to tell which of them differ";
  }
}
