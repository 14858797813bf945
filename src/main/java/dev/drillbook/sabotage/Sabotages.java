package dev.drillbook.sabotage;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.recovery.RecoveryStep;
import dev.drillbook.run.DeclaredDrill;
import dev.drillbook.run.RecoveryChange;
import dev.drillbook.site.Action;
import dev.drillbook.site.App;
import dev.drillbook.site.Condition;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Site;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** All sabotages. */
public final class Sabotages {
  private static final List<RecoveryChange> ALL =
      List.of(
          new Sabotage("restores-nothing", Sabotages::restores, Sabotages::withoutItsRestore),
          new Sabotage("claims-success-after-errors", drill -> true, Sabotages::printingErrors),
          Sabotage.afterTheRestore(
              "loses-a-row", backsUp(ComponentSpec.Postgres.class), SpoiltDatabase::loseARow),
          Sabotage.afterTheRestore(
              "alters-a-cell", backsUp(ComponentSpec.Postgres.class), SpoiltDatabase::alterACell),
          Sabotage.afterTheRestore(
              "breaks-a-foreign-key", checks("foreign keys"), SpoiltDatabase::breakAForeignKey),
          Sabotage.afterTheRestore(
              "resets-a-sequence", checks("sequences"), SpoiltDatabase::resetASequence),
          Sabotage.afterTheRestore(
              "drops-an-index", checks("schema objects"), SpoiltDatabase::dropAnIndex),
          Sabotage.afterTheRestore(
              "leaves-a-stranger", checks("roles of"), SpoiltDatabase::leaveAStranger),
          Sabotage.afterTheRestore(
              "loses-a-document", backsUp(ComponentSpec.Mongo.class), SpoiltDocuments::loseOne),
          Sabotage.afterTheRestore(
              "alters-a-document", backsUp(ComponentSpec.Mongo.class), SpoiltDocuments::alterOne),
          Sabotage.atTheEnd("leaves-the-app-stopped", drill -> true, Sabotages::stopTheApps),
          new Sabotage("does-nothing", drill -> true, Sabotages::doingNothing),
          new TooLate());

  private Sabotages() {}

  public static List<RecoveryChange> all() {
    return List.copyOf(ALL);
  }

  /**
   * The one of this name.
   *
   * @throws DrillException if there is none
   */
  public static RecoveryChange named(String name) {
    return ALL.stream()
        .filter(sabotage -> sabotage.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new DrillException(
                    "there is no sabotage '" + name + "'",
                    Nearest.hint(
                        name, "there are", ALL.stream().map(RecoveryChange::name).toList())));
  }

  private static boolean restores(DeclaredDrill drill) {
    return drill.recovery().stream().anyMatch(step -> Sabotage.restores(drill, step.id()));
  }

  private static Predicate<DeclaredDrill> backsUp(Class<? extends ComponentSpec> kind) {
    return drill ->
        drill.backups().stream()
            .flatMap(policy -> drill.plan().backup(policy).stream())
            .map(policy -> drill.plan().components().get(policy.component()))
            .anyMatch(kind::isInstance);
  }

  private static Predicate<DeclaredDrill> checks(String check) {
    return drill -> drill.checks().stream().anyMatch(name -> name.startsWith(check));
  }

  private static List<RecoveryStep> withoutItsRestore(DeclaredDrill drill, Sabotage.Scene scene) {
    return drill.recovery().stream()
        .map(step -> Sabotage.restores(drill, step.id()) ? doingNothing(step) : step)
        .toList();
  }

  private static List<RecoveryStep> doingNothing(DeclaredDrill drill, Sabotage.Scene scene) {
    return drill.recovery().stream().map(Sabotages::doingNothing).toList();
  }

  private static RecoveryStep doingNothing(RecoveryStep step) {
    return new RecoveryStep(step.id(), List.of(() -> {}));
  }

  /** Does all that it should, but the outage is counted as longer than it may be. */
  private record TooLate() implements RecoveryChange {
    @Override
    public String name() {
      return "is-too-late";
    }

    @Override
    public boolean appliesTo(DeclaredDrill drill) {
      return true;
    }

    @Override
    public List<RecoveryStep> change(DeclaredDrill drill, Site site, Optional<Postgres> database) {
      return drill.recovery();
    }

    @Override
    public Duration slower(DeclaredDrill drill) {
      return drill.scenario().rto();
    }
  }

  private static List<RecoveryStep> printingErrors(DeclaredDrill drill, Sabotage.Scene scene) {
    List<RecoveryStep> changed = new ArrayList<>(drill.recovery());
    RecoveryStep first = changed.get(0);
    List<Action> actions = new ArrayList<>(first.actions());
    actions.add(new FailsUnnoticed());
    changed.set(0, new RecoveryStep(first.id(), actions));
    return changed;
  }

  /** A script whose errors do not reach its exit code. */
  private record FailsUnnoticed() implements Action {
    @Override
    public void perform() {
      // Only what it says matters.
    }

    @Override
    public void perform(Transcript transcript, Duration limit) {
      transcript.add(Transcript.Stream.ERR, "ERROR:  relation \"orders\" does not exist");
    }
  }

  private static void stopTheApps(Sabotage.Scene scene) {
    scene.site().components().stream()
        .filter(App.class::isInstance)
        .map(App.class::cast)
        .filter(app -> app.condition() != Condition.DOWN)
        .forEach(App::stop);
  }
}
