package dev.drillbook.plan;

import java.time.Duration;
import java.util.Optional;

/** One thing that must be so after a recovery. */
public sealed interface ChecklistItem {

  String id();

  String title();

  /**
   * A drill finds it out.
   *
   * @param check the name of the check, as reports show it
   */
  record Checked(String id, String title, String check) implements ChecklistItem {}

  /**
   * People do it and sign for it; no drill can.
   *
   * @param role who signs
   * @param within how soon after the recovery; empty where the runbook does not say
   */
  record Signed(String id, String title, String role, Optional<Duration> within)
      implements ChecklistItem {}
}
