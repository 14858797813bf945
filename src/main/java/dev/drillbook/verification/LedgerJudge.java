package dev.drillbook.verification;

import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.Ledger.Entry;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Outcome;
import dev.drillbook.workload.StoredRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges a store's contents by what its clients know (the prefix judgement). A restored store must
 * hold a prefix of the acknowledged history: where write A was acknowledged before write B was
 * invoked, and B survived, A must have survived. Writes that overlap may survive in either order,
 * and indeterminate ones may be there or not.
 *
 * <p>Two histories are told apart. What was invoked before {@code restored} may be lost, in good
 * order. What was invoked after it was written to the recovered system and must all be there. A
 * write that was in flight at {@code restored}, or never got an answer, may belong to either.
 *
 * <p>What a store holds can have several explanations: a row is gone because it was deleted, or
 * because the recovery lies before its insert. Only what all of them have in common is held against
 * a recovery, so that nothing is called damage that a sound recovery can have left.
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
  private boolean writtenAfterwards;
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
    Set<String> twice = new HashSet<>();
    for (StoredRow row : contents) {
      if (stored.put(row.key(), row.value()) != null && twice.add(row.key())) {
        duplicates.add(row.key() + " stands more than once");
      }
      if (!history.containsKey(row.key())) {
        phantoms.add(row.key() + " = " + row.value() + ", which no client ever attempted");
      }
    }
    List<KeyHistory> keys = new ArrayList<>();
    history.forEach(
        (key, entries) ->
            keys.add(new KeyHistory(key, entries, Optional.ofNullable(stored.get(key)))));
    writtenAfterwards = ledger.stream().anyMatch(this::isAfterwards);
    findNewestSurvivor(keys);
    keys.forEach(this::judgeKey);
    lost.forEach(this::judgeLoss);
    return conclude(ledger);
  }

  /**
   * What a key proves can rule out other keys' explanations, which then prove more; so it goes
   * until nothing new is proven.
   */
  private void findNewestSurvivor(List<KeyHistory> keys) {
    Tick known;
    do {
      known = newestSurvivorInvoked;
      keys.forEach(this::proveBy);
    } while (newestSurvivorInvoked.isAfter(known));
  }

  /** Takes the earliest of a key's possible explanations; the recovery lies at or after it. */
  private void proveBy(KeyHistory key) {
    List<Integer> possible = possible(key);
    boolean provesNothing =
        possible.isEmpty()
            || possible.get(0) == KeyHistory.NONE
            || possible.stream().anyMatch(i -> mayBeAfterwards(key.entries().get(i)));
    if (!provesNothing) {
      Tick invoked = key.entries().get(possible.get(0)).invoked();
      newestSurvivorInvoked =
          invoked.isAfter(newestSurvivorInvoked) ? invoked : newestSurvivorInvoked;
    }
  }

  /** The explanations in which no write is missing that must be there, and none is too new. */
  private List<Integer> possible(KeyHistory key) {
    int lastRequired = key.last(this::isRequired);
    return oldEnough(key).stream().filter(i -> i >= lastRequired).toList();
  }

  private List<Integer> oldEnough(KeyHistory key) {
    return key.explanations().stream()
        .filter(i -> i == KeyHistory.NONE || !isTooNew(key.entries().get(i)))
        .toList();
  }

  /**
   * Takes the latest explanation: where the store is as the clients left it, nothing is lost. What
   * came before it survived, what came after is lost.
   */
  private void judgeKey(KeyHistory key) {
    if (key.explanations().isEmpty()) {
      damaged(key.entries(), key.found().orElseThrow());
      return;
    }
    int effective = effective(key);
    for (int i = 0; i < key.entries().size(); i++) {
      Entry entry = key.entries().get(i);
      if (i <= effective && entry.outcome() == Outcome.ACKNOWLEDGED) {
        surviving++;
      } else if (i == effective && entry.outcome() == Outcome.INDETERMINATE) {
        recovered++;
      } else if (i > effective && entry.outcome() == Outcome.ACKNOWLEDGED) {
        lost.add(entry);
      }
    }
    if (effective != KeyHistory.NONE && isTooNew(key.entries().get(effective))) {
      tooNew(key.entries().get(effective));
    }
  }

  private int effective(KeyHistory key) {
    return Stream.of(possible(key), oldEnough(key), key.explanations())
        .filter(explanations -> !explanations.isEmpty())
        .findFirst()
        .map(explanations -> explanations.get(explanations.size() - 1))
        .orElseThrow();
  }

  /** Whether the recovered system itself was asked for it. */
  private boolean isAfterwards(Entry entry) {
    return !entry.invoked().isBefore(restored);
  }

  /** Whether it can have taken effect in the recovered system. */
  private boolean mayBeAfterwards(Entry entry) {
    return writtenAfterwards
        && (entry.outcome() == Outcome.INDETERMINATE || !entry.answered().isBefore(restored));
  }

  private boolean isTooNew(Entry entry) {
    return !mayBeAfterwards(entry)
        && recoveryPoint.filter(point -> entry.invoked().isAfter(point.notAfter())).isPresent();
  }

  private boolean isRequired(Entry entry) {
    return entry.outcome() == Outcome.ACKNOWLEDGED
        && (isAfterwards(entry)
            || isInRecoveryPoint(entry)
            || entry.answered().isBefore(newestSurvivorInvoked));
  }

  private boolean isInRecoveryPoint(Entry entry) {
    return recoveryPoint.filter(point -> entry.answered().isBefore(point.notBefore())).isPresent();
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

  private void tooNew(Entry entry) {
    phantoms.add(
        entry.key()
            + " = "
            + entry.value()
            + at(entry)
            + ", after the recovery point, and yet it is there");
  }

  private void judgeLoss(Entry entry) {
    if (isAfterwards(entry)) {
      lostAfterwards.add(entry.key() + " = " + entry.value() + at(entry));
    } else if (isRequired(entry)) {
      boolean delete = entry.kind() == Operation.Kind.DELETE;
      (delete ? resurrected : holes)
          .add(
              entry.key()
                  + (delete ? " was deleted" : " = " + entry.value())
                  + at(entry)
                  + (isInRecoveryPoint(entry)
                      ? ", before the recovery point"
                      : ", before a surviving write was invoked"));
    }
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
