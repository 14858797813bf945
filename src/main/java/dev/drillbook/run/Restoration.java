package dev.drillbook.run;

import dev.drillbook.site.Mongo;
import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Redis;
import dev.drillbook.site.Store;
import java.util.List;
import java.util.Optional;

/**
 * What a drill's recovery goes back to, and where it brings it.
 *
 * @param backups the policies whose backups it works with, the scenario's own first
 * @param target the point in time that it has to reach; empty where that is the backup itself
 * @param into stores that the data is brought into, where it is not those that it was lost from
 * @param keepsNewerWrites whether it also keeps, or brings back, what was written after the backup
 */
record Restoration(
    List<String> backups,
    Optional<RecoveryTarget> target,
    List<Store> into,
    boolean keepsNewerWrites) {

  private static final List<Class<? extends Store>> KINDS =
      List.of(Postgres.class, Mongo.class, Redis.class, ObjectStore.class);

  /** Where the data of {@code lost} is brought: a store of its kind, or itself. */
  Store targetOf(Store lost) {
    return into.stream()
        .filter(
            other ->
                KINDS.stream().anyMatch(kind -> kind.isInstance(lost) && kind.isInstance(other)))
        .findFirst()
        .orElse(lost);
  }
}
