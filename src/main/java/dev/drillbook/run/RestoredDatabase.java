package dev.drillbook.run;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.site.Component;
import dev.drillbook.site.Condition;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Site;
import dev.drillbook.site.Store;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The PostgreSQL database that a drill's recovery is judged by: the one that its backup is brought
 * into or, where nothing is restored, the one that clients are left with.
 */
record RestoredDatabase(DrillSpec drill, Site site) {

  /** Empty where the drill has none. */
  Optional<Postgres> server() {
    Stream<Store> restored =
        drill.backupPolicies().stream()
            .map(policy -> Stores.of(site, policy, drill.plan()))
            .map(drill.restoration()::targetOf);
    Stream<Store> brought = drill.restoration().into().stream();
    return Stream.of(restored, brought, used())
        .flatMap(stores -> stores)
        .filter(Postgres.class::isInstance)
        .map(Postgres.class::cast)
        .findFirst();
  }

  /** What the drill asked for, and runs. */
  private Stream<Store> used() {
    return site.components().stream()
        .filter(component -> component.condition() != Condition.DOWN)
        .filter(Postgres.class::isInstance)
        .map(Store.class::cast);
  }

  /** What the plan says of its tables: of a server restored elsewhere, that of the lost one. */
  ComponentSpec.Postgres spec() {
    return drill.backupPolicies().stream()
        .map(BackupPolicy::component)
        .map(this::tablesOf)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> server().map(Component::name).flatMap(this::tablesOf))
        .orElseThrow();
  }

  private Optional<ComponentSpec.Postgres> tablesOf(String component) {
    ComponentSpec described = drill.plan().components().get(component);
    if (described instanceof ComponentSpec.PostgresStandby standby) {
      described = drill.plan().components().get(standby.of());
    }
    return described instanceof ComponentSpec.Postgres postgres
        ? Optional.of(postgres)
        : Optional.empty();
  }
}
