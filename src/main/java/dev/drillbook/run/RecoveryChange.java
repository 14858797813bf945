package dev.drillbook.run;

import dev.drillbook.recovery.RecoveryStep;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Site;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Changes a drill's recovery before it runs, without the drill's knowledge: a bad recovery that the
 * drill must turn red on.
 */
public interface RecoveryChange {

  /** A few words, e.g. "restores nothing". */
  String name();

  /** Whether it would make a difference to this drill. */
  boolean appliesTo(DeclaredDrill drill);

  /**
   * The steps to run in place of the declared ones.
   *
   * @param database the PostgreSQL database that the drill is judged by; empty where it has none
   */
  List<RecoveryStep> change(DeclaredDrill drill, Site site, Optional<Postgres> database);

  /** By how much longer the outage is to be counted than it was measured; nobody waits for it. */
  default Duration slower(DeclaredDrill drill) {
    return Duration.ZERO;
  }
}
