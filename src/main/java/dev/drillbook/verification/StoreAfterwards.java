package dev.drillbook.verification;

import dev.drillbook.snapshot.GroupChanges;
import dev.drillbook.snapshot.GroupImage;
import dev.drillbook.snapshot.StoreImage;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the restore brought back into a store other than PostgreSQL is still there once the clients
 * have stopped. As in {@link Afterwards}, per collection, database or bucket as many entries may be
 * changed or gone as clients' changes can explain, new ones are not looked at, and what expires by
 * itself may be gone.
 */
public final class StoreAfterwards {
  private static final String NAME = "after the restore";
  private static final String HINT =
      "which of the steps after the restore writes to the store? read their transcripts";

  private StoreAfterwards() {}

  /**
   * Judges.
   *
   * @param store the store's name
   * @param restored what the last restoring step left
   * @param live what is there now
   * @param clientChanges how many entries of each group clients may have changed or deleted
   */
  public static CheckResult judge(
      String store, Optional<StoreImage> restored, Optional<StoreImage> live, long clientChanges) {
    long started = System.nanoTime();
    List<Finding> findings = new ArrayList<>();
    String coverage = "nothing of " + store;
    if (restored.isEmpty() || live.isEmpty()) {
      findings.add(
          Finding.unknown(
              NAME,
              "what the restore left in " + store + " can be compared with what is there now",
              restored.isEmpty()
                  ? "what it left could not be read"
                  : "what is there now could not be read",
              "a step that restarts or replaces the store belongs to the restore: mark it restore: true"));
    } else {
      long expired = 0;
      for (GroupImage before : restored.get().groups().values()) {
        expired += judge(store, restored.get().kind(), before, live.get(), clientChanges, findings);
      }
      judgeDefinitions(store, restored.get(), live.get(), findings);
      coverage =
          "%s: %d %ss, %d %ss, of which clients may have changed %d%s"
              .formatted(
                  store,
                  restored.get().groups().size(),
                  restored.get().kind().group(),
                  restored.get().count(),
                  restored.get().kind().entry(),
                  clientChanges,
                  expired == 0 ? "" : " and " + expired + " have expired");
    }
    Verdict verdict = findings.stream().map(Finding::verdict).reduce(Verdict.PASS, Verdict::and);
    return new CheckResult(
        NAME, verdict, coverage, findings, Duration.ofNanos(System.nanoTime() - started));
  }

  /** How many entries have expired. */
  private static long judge(
      String store,
      StoreImage.Kind kind,
      GroupImage before,
      StoreImage live,
      long clientChanges,
      List<Finding> findings) {
    String expected =
        "the %d %ss that the restore left in %s.%s are still there as they were"
            .formatted(before.count(), kind.entry(), store, before.name());
    GroupImage now = live.groups().get(before.name());
    if (now == null) {
      if (before.count() > 0 || kind != StoreImage.Kind.REDIS) {
        findings.add(
            Finding.fail(NAME, expected, "there is no such " + kind.group() + " any more", HINT));
      }
      return 0;
    }
    GroupChanges changes = GroupChanges.between(kind, before, now);
    if (changes.missing() + changes.changed() > clientChanges) {
      findings.add(
          Finding.fail(
                  NAME,
                  expected,
                  "%d are missing and %d differ, of which clients explain %d"
                      .formatted(changes.missing(), changes.changed(), clientChanges),
                  HINT)
              .withExamples(changes.examples()));
    } else if (!changes.told() && !changes.same()) {
      findings.add(
          Finding.unknown(
              NAME,
              expected,
              "%d %ss, too many to be compared one by one".formatted(now.count(), kind.entry()),
              "drill with less data (drill.scale)"));
    }
    return changes.expired();
  }

  private static void judgeDefinitions(
      String store, StoreImage restored, StoreImage live, List<Finding> findings) {
    Map<String, String> now = live.definitions();
    List<String> gone = SchemaObjects.missing(restored.definitions(), now);
    if (!gone.isEmpty()) {
      findings.add(
          Finding.fail(
                  NAME,
                  "every definition that the restore left in " + store + " is still there",
                  gone.size() + " are gone",
                  HINT)
              .withExamples(gone));
    }
  }
}
