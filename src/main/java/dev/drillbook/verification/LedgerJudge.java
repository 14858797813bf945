package dev.drillbook.verification;

import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.LedgerView;
import dev.drillbook.workload.Outcome;
import java.util.BitSet;
import java.util.Optional;

/**
 * Judges a store's contents by what its clients know (the prefix judgement). Any number of clients
 * may write, also to one key at the same time.
 *
 * <p>Write A comes before write B if A was acknowledged at an earlier tick than B was invoked; all
 * others overlap. A refused write never takes effect. One without an answer may take effect at any
 * time after its invocation, or never, so it comes before nothing.
 *
 * <p>A sound restore brings back a set of the writes that were invoked before {@code restored}:
 * with each write, also every acknowledged one that comes before it. It holds what was acknowledged
 * before a known recovery point and nothing that was invoked after it. What was invoked after
 * {@code restored} was written to the recovered system and is there, if it was acknowledged. A
 * write that was in flight at {@code restored}, or never got an answer, may belong to either, if
 * the recovered system was written to at all. What is found under a key must be what a write left
 * that nothing in effect on that key comes after; where no row is found, that is a delete, or no
 * write to the key is in effect. Writes to the recovered system come after those restored.
 *
 * <p>"Comes before" orders intervals of time. Hence such a set exists exactly if there is a cut, a
 * tick before which everything acknowledged is in the set and after which nothing in it was
 * invoked: the last invocation in the set is one. For a single key, write i explains what is found
 * for every cut from its invocation to the first acknowledgement of a write that comes after it. So
 * each key allows a few ranges of cuts, and the recovery was sound if one cut lies in a range of
 * every key. That takes O(n log n) at worst, and memory for a few bytes a write: keys are judged in
 * {@value RowHashes#PARTS} parts, one after the other.
 *
 * <p>What is found can have several explanations. Only what all have in common is held against a
 * recovery, so that nothing is called lost, or damage, that a sound recovery can have left. Where
 * no cut fits, the latest tick that any key proves is taken, and the keys that it does not fit are
 * damaged.
 */
public final class LedgerJudge {
  private final LedgerView ledger;
  private final Moments moments;
  private final KeyTable table;
  private final KeyHistory history;
  private final KeyCuts cuts;

  /** Attempts on keys of which nothing more has to be known once their cuts are. */
  private final BitSet settled;

  private final HashPairs strangers = new HashPairs();

  private LedgerJudge(LedgerView ledger, RowHashes rows, Moments moments) {
    this.ledger = ledger;
    this.moments = moments;
    this.table = new KeyTable(ledger, rows);
    this.history = new KeyHistory(moments);
    this.cuts = new KeyCuts(moments);
    this.settled = new BitSet(ledger.size());
  }

  /**
   * Judges.
   *
   * @param ledger every attempt, with no client writing any more
   * @param rows what the store holds of the workload's keys
   * @param store the same, to be read again if a damaged row has to be shown
   * @param recoveryPoint what the recovery had to bring back, where that is known; lies before
   *     {@code restored}
   * @param restored when the restored system could first be written to or, where nothing was
   *     restored, when the service came back; {@link Long#MAX_VALUE} where it did not
   */
  public static LedgerJudgement judge(
      LedgerView ledger,
      RowHashes rows,
      Store store,
      Optional<RecoveryPoint> recoveryPoint,
      Tick restored) {
    Moments moments = Moments.of(ledger, recoveryPoint, restored);
    return new LedgerJudge(ledger, rows, moments).judge(store);
  }

  private LedgerJudgement judge(Store store) {
    CutSearch search = new CutSearch(moments.notBefore(), moments.notAfter());
    for (int part = 0; part < RowHashes.PARTS; part++) {
      table.load(part, new BitSet());
      strangers.addAll(table.strangers());
      table.forEachKey(history, key -> search(key, search));
    }
    long proven = search.least();
    long latest = proven <= search.greatest() ? search.greatest() : latestOfTheSound(proven);
    Tally tally = new Tally(ledger, moments, proven, latest);
    forEachOpenKey(tally::add);
    strangers.forEachKey(tally::addStranger);
    return conclude(tally, CutRange.of(proven, latest), store);
  }

  private void search(KeyHistory key, CutSearch search) {
    if (cuts.findOf(key)) {
      search.add(cuts);
    }
    if (key.isSettled()) {
      key.addIdsTo(settled);
    }
  }

  /** The latest cut that fits every key that {@code proven} fits. */
  private long latestOfTheSound(long proven) {
    CutSearch search = new CutSearch(proven, moments.notAfter());
    forEachOpenKey(
        key -> {
          if (cuts.findOf(key) && cuts.contain(proven)) {
            search.add(cuts);
          }
        });
    return search.greatest();
  }

  private void forEachOpenKey(KeyTable.Visitor visitor) {
    for (int part = 0; part < RowHashes.PARTS; part++) {
      table.load(part, settled);
      table.forEachKey(history, visitor);
    }
  }

  private LedgerJudgement conclude(Tally tally, CutRange shown, Store store) {
    int acknowledged = ledger.count(Outcome.ACKNOWLEDGED);
    int failed = ledger.count(Outcome.FAILED);
    return new LedgerJudgement(
        ledger.size(),
        acknowledged,
        failed,
        ledger.size() - acknowledged - failed,
        acknowledged - tally.lost(),
        tally.lost(),
        tally.recovered(),
        tally.count(Damage.HOLE),
        tally.count(Damage.STALE),
        tally.count(Damage.PHANTOM),
        tally.count(Damage.DUPLICATE),
        tally.count(Damage.ALTERED),
        tally.count(Damage.RESURRECTED),
        tally.count(Damage.LOST_AFTERWARDS),
        tally.oldestLost().stream().mapToObj(ledger::entry).findFirst(),
        tally.newestLost().stream().mapToObj(ledger::entry).findFirst(),
        shown,
        LedgerFindings.of(ledger, moments, tally, store));
  }
}
