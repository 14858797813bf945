package dev.drillbook.verification;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.plan.ComponentSpec.Persistence;
import dev.drillbook.plan.ComponentSpec.TableSpec;
import dev.drillbook.site.Component;
import dev.drillbook.snapshot.StoreImage;
import dev.drillbook.workload.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Evidence of one store other than PostgreSQL, made by hand. */
record StoredEvidence(
    ComponentSpec spec,
    Optional<StoreImage> checkpoint,
    Optional<StoreImage> restored,
    Optional<StoreImage> live,
    List<String> clientKeys) {

  static StoredEvidence mongo(Map<String, TableSpec> collections) {
    return of(new ComponentSpec.Mongo("docs", OptionalInt.empty(), "shop", List.of(), collections));
  }

  static StoredEvidence redis() {
    return of(new ComponentSpec.Redis("cache", OptionalInt.empty(), Persistence.RDB, List.of()));
  }

  static StoredEvidence objects(String... buckets) {
    Map<String, Boolean> planned = new java.util.TreeMap<>();
    List.of(buckets).forEach(bucket -> planned.put(bucket, false));
    return of(
        new ComponentSpec.ObjectStore("media", OptionalInt.empty(), planned, List.of(), List.of()));
  }

  private static StoredEvidence of(ComponentSpec spec) {
    return new StoredEvidence(
        spec, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  StoredEvidence checkpoint(StoreImage image) {
    return new StoredEvidence(spec, Optional.of(image), restored, live, clientKeys);
  }

  StoredEvidence restored(StoreImage image) {
    return new StoredEvidence(spec, checkpoint, Optional.of(image), live, clientKeys);
  }

  StoredEvidence live(StoreImage image) {
    return new StoredEvidence(spec, checkpoint, restored, Optional.of(image), clientKeys);
  }

  StoredEvidence writtenTo(String... keys) {
    return new StoredEvidence(spec, checkpoint, restored, live, List.of(keys));
  }

  CheckResult examinedBy(Check check) {
    Evidence.Stored stored =
        new Evidence.Stored(
            spec,
            Fake.of(Component.class, new Object()),
            checkpoint,
            restored,
            live,
            restored.isEmpty() ? "it was away" : "");
    Evidence alone = Evidences.ofNothing();
    clientKeys.forEach(key -> Evidences.write(alone, Operation.Kind.INSERT, key));
    return Examiner.examine(
            List.of(check), new Evidence(List.of(), List.of(stored), alone.clients()))
        .get(0);
  }
}
