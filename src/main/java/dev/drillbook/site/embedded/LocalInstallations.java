package dev.drillbook.site.embedded;

import java.util.Map;
import java.util.function.Consumer;

/** Those of this machine, looked for once. */
final class LocalInstallations implements Installations {
  private final Map<String, String> environment;
  private final Consumer<String> told;
  private PostgresInstallation postgres;
  private MongoInstallation mongo;
  private RedisInstallation redis;

  LocalInstallations(Map<String, String> environment, Consumer<String> told) {
    this.environment = environment;
    this.told = told;
  }

  /** Just these. */
  static Installations of(PostgresInstallation postgres) {
    LocalInstallations installations = new LocalInstallations(Map.of(), said -> {});
    installations.postgres = postgres;
    return installations;
  }

  @Override
  public synchronized PostgresInstallation postgres(String component) {
    if (postgres == null) {
      postgres = PostgresInstallations.ofThisMachine(environment).locate();
      told.accept(postgres.describe() + " (" + postgres.origin() + ")");
      postgres.caveats().forEach(told);
    }
    return postgres;
  }

  @Override
  public synchronized MongoInstallation mongo(String component) {
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

  @Override
  public synchronized RedisInstallation redis(String component) {
    if (redis == null) {
      redis = RedisInstallation.ofThisMachine(environment);
      told.accept(redis.describe());
    }
    return redis;
  }

  @Override
  public S3StandInProgram objectStore(String component) {
    return new S3StandInProgram();
  }
}
