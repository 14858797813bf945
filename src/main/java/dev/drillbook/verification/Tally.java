package dev.drillbook.verification;

import dev.drillbook.workload.LedgerView;
import dev.drillbook.workload.Operation;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;

/** Counts what became of the writes of one key after the other, and what is damaged. */
final class Tally {
  private static final int NONE = -1;

  private final LedgerView ledger;
  private final Moments moments;
  private final long proven;
  private final Fate fate;
  private final Map<Sight, Sightings> sightings = new EnumMap<>(Sight.class);
  private int lost;
  private int recovered;
  private int oldestLost = NONE;
  private int newestLost = NONE;

  /**
   * An empty tally.
   *
   * @param proven the earliest cut that the contents allow: what was acknowledged before it must be
   *     there
   * @param latest the latest such cut
   */
  Tally(LedgerView ledger, Moments moments, long proven, long latest) {
    this.ledger = ledger;
    this.moments = moments;
    this.proven = proven;
    this.fate = new Fate(moments, latest);
    for (Sight sight : Sight.values()) {
      sightings.put(sight, new Sightings());
    }
  }

  void add(KeyHistory key) {
    fate.findOf(key);
    for (int i = 0; i < key.size(); i++) {
      if (fate.isLost(i)) {
        addLost(key, i);
      }
    }
    if (fate.last() != KeyHistory.NOTHING && !key.isAcknowledged(fate.last())) {
      recovered++;
    }
    if (fate.fit() == Fate.Fit.UNEXPLAINED) {
      if (key.refusedId().isPresent()) {
        see(Sight.REFUSED, key.refusedId().getAsInt());
      } else {
        see(Sight.ALTERED, key.lastId());
      }
    }
    if (fate.last() != KeyHistory.NOTHING && isTooNew(key)) {
      see(Sight.TOO_NEW, key.id(fate.last()));
    }
    if (key.isDuplicate()) {
      see(Sight.DUPLICATE, key.lastId());
    }
  }

  /** Takes note of a key that nobody attempted. */
  void addStranger(long keyHash, int rows) {
    see(Sight.NEVER_ATTEMPTED, keyHash);
    if (rows > 1) {
      see(Sight.DUPLICATE_STRANGER, keyHash);
    }
  }

  private boolean isTooNew(KeyHistory key) {
    return (fate.fit() == Fate.Fit.TOO_NEW || fate.fit() == Fate.Fit.OVERTAKEN)
        && key.isPresent()
        && key.invoked(fate.last()) > moments.notAfter()
        && !moments.mayBeAfterwards(key.settled(fate.last()));
  }

  private void addLost(KeyHistory key, int attempt) {
    lost++;
    int id = key.id(attempt);
    boolean afterwards = moments.isAfterwards(key.invoked(attempt));
    if (!afterwards) {
      noteTimes(id, key.settled(attempt));
    }
    if (fate.fit() == Fate.Fit.UNEXPLAINED) {
      return;
    }
    if (afterwards) {
      see(Sight.LOST_AFTERWARDS, id);
    } else if (key.settled(attempt) < proven) {
      boolean delete = ledger.kind(id) == Operation.Kind.DELETE;
      see(delete ? Sight.LOST_DELETE : key.isPresent() ? Sight.OLDER_VERSION : Sight.LOST_PUT, id);
    }
  }

  private void noteTimes(int id, long settled) {
    if (oldestLost == NONE || settled < ledger.answeredNanos(oldestLost)) {
      oldestLost = id;
    }
    if (newestLost == NONE || settled > ledger.answeredNanos(newestLost)) {
      newestLost = id;
    }
  }

  private void see(Sight sight, long where) {
    sightings.get(sight).add(where);
  }

  Sightings of(Sight sight) {
    return sightings.get(sight);
  }

  int count(Damage damage) {
    return sightings.entrySet().stream()
        .filter(seen -> seen.getKey().damage() == damage)
        .mapToInt(seen -> seen.getValue().count())
        .sum();
  }

  int lost() {
    return lost;
  }

  int recovered() {
    return recovered;
  }

  /** The write that was acknowledged first, of those that were lost from before the recovery. */
  OptionalInt oldestLost() {
    return oldestLost == NONE ? OptionalInt.empty() : OptionalInt.of(oldestLost);
  }

  /** The write that was acknowledged last, of those that were lost from before the recovery. */
  OptionalInt newestLost() {
    return newestLost == NONE ? OptionalInt.empty() : OptionalInt.of(newestLost);
  }
}
