package dev.drillbook.restorecheck;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.plan.ComposeService;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.timeline.DrillException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The plan of a site that holds one empty store and nothing else: without the port that the plan
 * gives it, where the real one may be listening, without seed data, and without any app.
 */
final class Throwaway {
  private Throwaway() {}

  /**
   * @throws DrillException if backups of such a component are not restored by themselves
   */
  static DrillPlan planFor(DrillPlan plan, BackupPolicy policy) {
    String name = policy.component();
    Map<String, String> images = new LinkedHashMap<>(plan.images());
    images.keySet().retainAll(withOthers(name));
    Map<String, ComposeService> services = new LinkedHashMap<>(plan.services());
    services.keySet().retainAll(List.of(name));
    return new DrillPlan(
        plan.file(),
        plan.system(),
        plan.title(),
        Map.of(name, bare(plan.components().get(name), policy)),
        plan.backupsOf(name),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        plan.productionSize(),
        images,
        services,
        Map.of(),
        List.of());
  }

  private static List<String> withOthers(String name) {
    return Stream.concat(Stream.of(name), DrillPlan.OTHER_IMAGES.stream()).toList();
  }

  private static ComponentSpec bare(ComponentSpec spec, BackupPolicy policy) {
    if (spec instanceof ComponentSpec.Postgres postgres) {
      return new ComponentSpec.Postgres(
          postgres.name(),
          OptionalInt.empty(),
          postgres.database(),
          postgres.user(),
          postgres.schema(),
          Optional.empty(),
          postgres.tables(),
          postgres.archive(),
          postgres.erasures());
    }
    if (spec instanceof ComponentSpec.Mongo mongo) {
      return new ComponentSpec.Mongo(
          mongo.name(), OptionalInt.empty(), mongo.database(), List.of(), mongo.collections());
    }
    if (spec instanceof ComponentSpec.Redis redis) {
      return new ComponentSpec.Redis(
          redis.name(), OptionalInt.empty(), ComponentSpec.Persistence.RDB, List.of());
    }
    if (spec instanceof ComponentSpec.ObjectStore objects) {
      return new ComponentSpec.ObjectStore(
          objects.name(), OptionalInt.empty(), objects.buckets(), List.of(), List.of());
    }
    throw new DrillException(
        "the backups of "
            + policy.id()
            + " are of "
            + spec.name()
            + ", which no store is restored from alone",
        "check policies of a postgres, a mongo, a redis or an object-store");
  }
}
