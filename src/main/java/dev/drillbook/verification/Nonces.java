package dev.drillbook.verification;

import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The nonce planted before the recovery point came back and the one planted after it did not. It
 * tells a restore of this run's backup from one of an older backup, which can be perfect and is
 * still the wrong data.
 */
public final class Nonces {
  private static final String NAME = "nonces";

  private Nonces() {}

  /**
   * Judges.
   *
   * @param there those of the nonces' keys that the store holds
   * @param keepsNewerWrites whether the recovery has to keep what was written after the recovery
   *     point
   */
  public static CheckResult judge(
      List<Event.NoncePlanted> planted, Set<String> there, boolean keepsNewerWrites) {
    long started = System.nanoTime();
    List<Finding> findings = new ArrayList<>();
    for (Event.NoncePlanted nonce : planted) {
      boolean back = there.contains(nonce.key());
      if (nonce.beforeRecoveryPoint() && !back) {
        findings.add(
            Finding.fail(
                NAME,
                nonce.key() + ", written just before the backup, comes back",
                "it is not there",
                "an older backup was restored, or none: is the newest one used?"));
      } else if (!nonce.beforeRecoveryPoint() && keepsNewerWrites && !back) {
        findings.add(
            Finding.fail(
                NAME,
                nonce.key() + ", written after the backup, is kept",
                "it is not there",
                "the recovery went back to the backup and did not bring back what is newer"));
      } else if (!nonce.beforeRecoveryPoint() && !keepsNewerWrites && back) {
        findings.add(
            Finding.fail(
                NAME,
                nonce.key() + ", written after the backup, does not come back",
                "it is there",
                "the store was not restored from the backup: did the disaster destroy it at all?"));
      }
    }
    long kinds = planted.stream().map(Event.NoncePlanted::beforeRecoveryPoint).distinct().count();
    if (kinds < 2) {
      findings.add(
          Finding.unknown(
              NAME,
              "one nonce planted before the recovery point and one after it",
              planted.size() + " planted",
              "the app acknowledged no write when it should have: see its log"));
    }
    Verdict verdict = findings.stream().map(Finding::verdict).reduce(Verdict.PASS, Verdict::and);
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    return new CheckResult(NAME, verdict, planted.size() + " nonces", findings, took);
  }
}
