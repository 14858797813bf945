package dev.drillbook.site.embedded;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Which programs play a site's stores. Each is looked for when the first store of its kind asks,
 * once, and what was found is said; a plan without such a store needs none.
 */
public final class Installations {
  private final Map<String, String> environment;
  private final Consumer<String> told;
  private PostgresInstallation postgres;
  private MongoInstallation mongo;
  private RedisInstallation redis;

  private Installations(Map<String, String> environment, Consumer<String> told) {
    this.environment = environment;
    this.told = told;
  }

  /**
   * Those of this machine.
   *
   * @param environment as from {@link System#getenv()}
   * @param told hears of each choice, in a line or a few
   */
  public static Installations ofThisMachine(
      Map<String, String> environment, Consumer<String> told) {
    return new Installations(environment, told);
  }

  /** Just these. */
  static Installations of(PostgresInstallation postgres) {
    Installations installations = new Installations(Map.of(), said -> {});
    installations.postgres = postgres;
    return installations;
  }

  /**
   * The PostgreSQL programs.
   *
   * @throws dev.drillbook.timeline.DrillException as {@link PostgresInstallations#locate()}
   */
  public synchronized PostgresInstallation postgres() {
    if (postgres == null) {
      postgres = PostgresInstallations.ofThisMachine(environment).locate();
      told.accept(postgres.describe() + " (" + postgres.origin() + ")");
      postgres.caveats().forEach(told);
    }
    return postgres;
  }

  /** What plays MongoDB, which is our stand-in where there is no {@code mongod}. */
  public synchronized MongoInstallation mongo() {
    if (mongo == null) {
      mongo = MongoInstallation.ofThisMachine(environment);
      told.accept(mongo.describe());
      mongo.caveats().forEach(told);
      if (!mongo.missingTools().isEmpty()) {
        told.accept(
            "Scripts get our own "
                + String.join(" and ", mongo.missingTools())
                + ": this machine has none.");
      }
    }
    return mongo;
  }

  /**
   * The Redis server's program.
   *
   * @throws dev.drillbook.timeline.DrillException if there is none for this machine
   */
  public synchronized RedisInstallation redis() {
    if (redis == null) {
      redis = RedisInstallation.ofThisMachine(environment);
      told.accept(redis.describe());
    }
    return redis;
  }
}
