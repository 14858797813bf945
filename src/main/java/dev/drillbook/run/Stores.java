package dev.drillbook.run;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.site.Site;
import dev.drillbook.site.Store;
import dev.drillbook.timeline.DrillException;
import java.util.Optional;

/** The stores of a site by their names in the plan. */
final class Stores {
  private Stores() {}

  /** The store that a policy backs up. */
  static Store of(Site site, BackupPolicy policy, DrillPlan plan) {
    ComponentSpec spec = plan.components().get(policy.component());
    return find(site, spec)
        .orElseThrow(
            () ->
                new DrillException(
                    "the backup '"
                        + policy.id()
                        + "' is of '"
                        + policy.component()
                        + "', which is no store",
                    "correct the plan " + plan.file()));
  }

  /** The store that the plan describes so; empty if that is none. */
  static Optional<Store> find(Site site, ComponentSpec spec) {
    if (spec instanceof ComponentSpec.Postgres) {
      return Optional.of(site.postgres(spec.name()));
    }
    if (spec instanceof ComponentSpec.PostgresStandby) {
      return Optional.of(site.standby(spec.name()));
    }
    if (spec instanceof ComponentSpec.Mongo) {
      return Optional.of(site.mongo(spec.name()));
    }
    if (spec instanceof ComponentSpec.Redis) {
      return Optional.of(site.redis(spec.name()));
    }
    if (spec instanceof ComponentSpec.ObjectStore) {
      return Optional.of(site.objectStore(spec.name()));
    }
    return Optional.empty();
  }
}
