package dev.drillbook.verification;

import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.Ledger.Entry;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Outcome;
import dev.drillbook.workload.StoredRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Judges a store's contents by what its clients know (the prefix judgement). A restored store must
 * hold a prefix of the acknowledged history: where write A was acknowledged before write B was
 * invoked, and B survived, A must have survived. Writes that overlap may survive in either order,
 * and indeterminate ones may be there or not.
 *
 * <p>Two histories are told apart. What was invoked before {@code restored} may be lost, in good
 * order. What was invoked after it was written to the recovered system and must all be there.
 */
public final class LedgerJudge {
  private static final String SUBJECT = "ledger";

  private final Optional<RecoveryPoint> recoveryPoint;
  private final Tick restored;
  private final Damage holes = new Damage();
  private final Damage phantoms = new Damage();
  private final Damage duplicates = new Damage();
  private final Damage altered = new Damage();
  private final Damage resurrected = new Damage();
  private final Damage lostAfterwards = new Damage();
  private final List<Entry> lost = new ArrayList<>();
  private int surviving;
  private int recovered;
  private Tick newestSurvivorInvoked = new Tick(Long.MIN_VALUE);

  private LedgerJudge(Optional<RecoveryPoint> recoveryPoint, Tick restored) {
    this.recoveryPoint = recoveryPoint;
    this.restored = restored;
  }

  /**
   * Judges.
   *
   * @param ledger every attempt, in the order of invocation, with no client writing any more
   * @param contents what the store holds of the workload's keys
   * @param recoveryPoint what the recovery had to bring back, where that is known
   * @param restored when the restored system could first be written to; a tick after the last
   *     attempt where nothing was restored
   */
  public static LedgerJudgement judge(
      List<Entry> ledger,
      List<StoredRow> contents,
      Optional<RecoveryPoint> recoveryPoint,
      Tick restored) {
    return new LedgerJudge(recoveryPoint, restored).judge(ledger, contents);
  }

  private LedgerJudgement judge(List<Entry> ledger, List<StoredRow> contents) {
    Map<String, List<Entry>> history = new LinkedHashMap<>();
    ledger.forEach(
        entry -> history.computeIfAbsent(entry.key(), key -> new ArrayList<>()).add(entry));
    Map<String, String> stored = new LinkedHashMap<>();
    for (StoredRow row : contents) {
      if (stored.put(row.key(), row.value()) != null) {
        duplicates.add(row.key() + " stands more than once");
      }
      if (!history.containsKey(row.key())) {
        phantoms.add(row.key() + " = " + row.value() + ", which no client ever attempted");
      }
    }
    history.forEach((key, entries) -> judgeKey(entries, Optional.ofNullable(stored.get(key))));
    lost.forEach(this::judgeLoss);
    return conclude(ledger);
  }

  /**
   * Finds the last write of a key whose effect the store shows; what came before it survived, what
   * came after is lost.
   */
  private void judgeKey(List<Entry> entries, Optional<String> found) {
    int effective = lastEffective(entries, found);
    if (effective < 0 && found.isPresent()) {
      damaged(entries, found.get());
      return;
    }
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (i <= effective && entry.outcome() == Outcome.ACKNOWLEDGED) {
        surviving++;
      } else if (i == effective && entry.outcome() == Outcome.INDETERMINATE) {
        recovered++;
      } else if (i > effective && entry.outcome() == Outcome.ACKNOWLEDGED) {
        lost.add(entry);
      }
    }
    if (effective >= 0) {
      survived(entries.get(effective));
    }
  }

  private static int lastEffective(List<Entry> entries, Optional<String> found) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      boolean shows =
          entry.kind() == Operation.Kind.DELETE
              ? found.isEmpty()
              : found.isPresent() && found.get().equals(entry.value());
      if (shows && entry.outcome() != Outcome.FAILED) {
        return i;
      }
    }
    return -1;
  }

  private void damaged(List<Entry> entries, String found) {
    Entry last = entries.get(entries.size() - 1);
    boolean refused =
        entries.stream().anyMatch(e -> e.outcome() == Outcome.FAILED && e.value().equals(found));
    if (refused) {
      phantoms.add(last.key() + " = " + found + ", whose write was refused: " + last.error());
    } else {
      altered.add(last.key() + " is " + found + ", last written as " + last.value() + at(last));
    }
  }

  private void survived(Entry entry) {
    if (!entry.invoked().isBefore(restored)) {
      return;
    }
    boolean beyond =
        recoveryPoint.filter(point -> entry.invoked().isAfter(point.notAfter())).isPresent();
    if (beyond) {
      phantoms.add(
          entry.key()
              + " = "
              + entry.value()
              + at(entry)
              + ", after the recovery point, and yet it is there");
    } else if (entry.invoked().isAfter(newestSurvivorInvoked)) {
      newestSurvivorInvoked = entry.invoked();
    }
  }

  private void judgeLoss(Entry entry) {
    if (!entry.invoked().isBefore(restored)) {
      lostAfterwards.add(entry.key() + " = " + entry.value() + at(entry));
      return;
    }
    boolean insideRecoveryPoint =
        recoveryPoint.filter(point -> entry.answered().isBefore(point.notBefore())).isPresent();
    if (!insideRecoveryPoint && !entry.answered().isBefore(newestSurvivorInvoked)) {
      return;
    }
    boolean delete = entry.kind() == Operation.Kind.DELETE;
    (delete ? resurrected : holes)
        .add(
            entry.key()
                + (delete ? " was deleted" : " = " + entry.value())
                + at(entry)
                + (insideRecoveryPoint
                    ? ", before the recovery point"
                    : ", before a surviving write was invoked"));
  }

  private LedgerJudgement conclude(List<Entry> ledger) {
    List<Finding> findings = new ArrayList<>();
    holes.report(
        findings,
        "no acknowledged write is missing from before the recovery point",
        "holes",
        "the restore lost rows that the backup must have held: compare backup and store");
    phantoms.report(
        findings,
        "nothing is there that the recovery point does not hold",
        "phantom rows",
        "the restore mixed in rows from elsewhere: was the target empty, and is it one backup?");
    duplicates.report(
        findings,
        "every key stands once",
        "duplicates",
        "were rows restored twice, or a unique index left out?");
    altered.report(
        findings,
        "every row is as a client wrote it",
        "altered rows",
        "the restore, or something after it, changed data");
    resurrected.report(
        findings,
        "what was deleted before the recovery point stays deleted",
        "resurrected rows",
        "the restore mixed states of different moments");
    lostAfterwards.report(
        findings,
        "what the recovered system acknowledged is there",
        "writes lost after the recovery",
        "clients were let in before the restore was complete, or the recovered store is not durable");
    List<Entry> before = lost.stream().filter(entry -> entry.invoked().isBefore(restored)).toList();
    Comparator<Entry> byAnswer = Comparator.comparing(Entry::answered);
    return new LedgerJudgement(
        ledger.size(),
        count(ledger, Outcome.ACKNOWLEDGED),
        count(ledger, Outcome.FAILED),
        count(ledger, Outcome.INDETERMINATE),
        surviving,
        lost.size(),
        recovered,
        holes.count(),
        phantoms.count(),
        duplicates.count(),
        altered.count(),
        resurrected.count(),
        before.stream().min(byAnswer),
        before.stream().max(byAnswer),
        findings);
  }

  private static int count(List<Entry> ledger, Outcome outcome) {
    return Math.toIntExact(ledger.stream().filter(entry -> entry.outcome() == outcome).count());
  }

  private static String at(Entry entry) {
    return switch (entry.outcome()) {
      case ACKNOWLEDGED -> ", acknowledged at " + seconds(entry.answered());
      case FAILED -> ", refused at " + seconds(entry.answered());
      case INDETERMINATE -> ", attempted at " + seconds(entry.invoked());
    };
  }

  private static String seconds(Tick tick) {
    return String.format(Locale.ROOT, "%.3f s", tick.nanos() / 1e9);
  }

  /** One kind of damage: how much of it, and the first of it. */
  private static final class Damage {
    private final List<String> examples = new ArrayList<>();
    private int count;

    void add(String example) {
      count++;
      if (examples.size() < Finding.MAX_EXAMPLES) {
        examples.add(example);
      }
    }

    int count() {
      return count;
    }

    void report(List<Finding> to, String expected, String name, String hint) {
      if (count > 0) {
        to.add(Finding.fail(SUBJECT, expected, count + " " + name, hint).withExamples(examples));
      }
    }
  }
}
