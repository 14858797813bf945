package dev.drillbook.verification;

import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.workload.Ledger;
import java.util.List;
import java.util.Optional;

/**
 * What became of every write that the clients attempted. Each acknowledged write survives or is
 * lost; the other kinds are damage, which no RPO excuses.
 *
 * @param acknowledged how many writes the system said yes to
 * @param surviving acknowledged writes whose effect is there, or was there until a later surviving
 *     write replaced it
 * @param lost acknowledged writes whose effect is gone
 * @param recovered indeterminate writes whose effect is there after all
 * @param holes lost puts of keys that are not there, which no recovery point explains: a write that
 *     was invoked after their acknowledgement survives, or they were acknowledged before the
 *     recovery point
 * @param stale the same, of keys that are there with an older value
 * @param phantoms keys that no client attempted or whose value was refused, and values from after
 *     the recovery point
 * @param duplicates keys that stand more than once
 * @param altered keys whose value no client ever wrote; all acknowledged writes to them count as
 *     lost
 * @param resurrected lost deletes of keys that are there, which no recovery point explains
 * @param lostAfterwards writes that the recovered system acknowledged, among {@code lost}
 * @param oldestLost of the writes lost from before the recovery, the one acknowledged first
 * @param newestLost of the writes lost from before the recovery, the one acknowledged last
 * @param shown the recovery points that the contents show; where some keys are damaged, those that
 *     the other keys show
 */
public record LedgerJudgement(
    int attempted,
    int acknowledged,
    int failed,
    int indeterminate,
    int surviving,
    int lost,
    int recovered,
    int holes,
    int stale,
    int phantoms,
    int duplicates,
    int altered,
    int resurrected,
    int lostAfterwards,
    Optional<Ledger.Entry> oldestLost,
    Optional<Ledger.Entry> newestLost,
    CutRange shown,
    List<Finding> findings) {

  /** PASS where nothing is damaged; what was lost in good order is the RPO's business. */
  public Verdict verdict() {
    return findings.stream().map(Finding::verdict).reduce(Verdict.PASS, Verdict::and);
  }

  /** The same judgement with other words for what it found. */
  public LedgerJudgement withFindings(List<Finding> worded) {
    return new LedgerJudgement(
        attempted,
        acknowledged,
        failed,
        indeterminate,
        surviving,
        lost,
        recovered,
        holes,
        stale,
        phantoms,
        duplicates,
        altered,
        resurrected,
        lostAfterwards,
        oldestLost,
        newestLost,
        shown,
        worded);
  }
}
