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
 * @param holes lost writes that no recovery point explains: one that was invoked after their
 *     acknowledgement survives, or they were acknowledged before the recovery point
 * @param phantoms rows that no client attempted or whose write was refused, and writes from after
 *     the recovery point that came back without what was acknowledged in between
 * @param duplicates keys that stand more than once
 * @param altered rows whose value no client ever wrote
 * @param resurrected rows whose delete was acknowledged before a surviving write was invoked
 * @param oldestLost the lost write that was acknowledged first
 * @param newestLost the lost write that was acknowledged last
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
    int phantoms,
    int duplicates,
    int altered,
    int resurrected,
    Optional<Ledger.Entry> oldestLost,
    Optional<Ledger.Entry> newestLost,
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
        phantoms,
        duplicates,
        altered,
        resurrected,
        oldestLost,
        newestLost,
        worded);
  }
}
