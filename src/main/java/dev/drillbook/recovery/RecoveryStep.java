package dev.drillbook.recovery;

import dev.drillbook.site.Action;
import java.util.List;

/** What a drill does for one automated step of the plan: its actions, one after the other. */
public record RecoveryStep(String id, List<Action> actions) {

  public RecoveryStep {
    actions = List.copyOf(actions);
  }
}
