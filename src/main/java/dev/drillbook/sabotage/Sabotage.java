package dev.drillbook.sabotage;

import dev.drillbook.recovery.RecoveryStep;
import dev.drillbook.run.DeclaredDrill;
import dev.drillbook.run.RecoveryChange;
import dev.drillbook.site.Action;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A recovery that something is wrong with.
 *
 * @param applies whether a drill can be expected to see it
 * @param spoiler what is done to the steps
 */
record Sabotage(String name, Predicate<DeclaredDrill> applies, Spoiler spoiler)
    implements RecoveryChange {

  /** Makes bad steps of good ones. */
  interface Spoiler {
    List<RecoveryStep> spoil(DeclaredDrill drill, Scene scene);
  }

  /**
   * What a deed can be done to.
   *
   * @param database empty where the drill is judged by none
   */
  record Scene(Site site, Optional<Postgres> database) {}

  /** Something that is done to what came back. */
  interface Deed {
    void on(Scene scene) throws Exception;
  }

  /** Done as a part of the last step that brings data back, or of the last of all. */
  static Sabotage afterTheRestore(String name, Predicate<DeclaredDrill> applies, Deed deed) {
    return new Sabotage(
        name, applies, (drill, scene) -> append(drill, lastRestore(drill), () -> deed.on(scene)));
  }

  /** Done as a part of the last step. */
  static Sabotage atTheEnd(String name, Predicate<DeclaredDrill> applies, Deed deed) {
    return new Sabotage(
        name,
        applies,
        (drill, scene) -> append(drill, drill.recovery().size() - 1, () -> deed.on(scene)));
  }

  @Override
  public boolean appliesTo(DeclaredDrill drill) {
    return applies.test(drill);
  }

  @Override
  public List<RecoveryStep> change(DeclaredDrill drill, Site site, Optional<Postgres> database) {
    return spoiler.spoil(drill, new Scene(site, database));
  }

  /** Whether the plan says of a step that it brings data back. */
  static boolean restores(DeclaredDrill drill, String step) {
    return drill.scenario().automatedSteps().stream()
        .anyMatch(planned -> planned.id().equals(step) && planned.restore());
  }

  private static int lastRestore(DeclaredDrill drill) {
    List<RecoveryStep> steps = drill.recovery();
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (restores(drill, steps.get(i).id())) {
        return i;
      }
    }
    return steps.size() - 1;
  }

  private static List<RecoveryStep> append(DeclaredDrill drill, int index, Action deed) {
    List<RecoveryStep> changed = new ArrayList<>(drill.recovery());
    RecoveryStep step = changed.get(index);
    List<Action> actions = new ArrayList<>(step.actions());
    actions.add(deed);
    changed.set(index, new RecoveryStep(step.id(), actions));
    return changed;
  }
}
