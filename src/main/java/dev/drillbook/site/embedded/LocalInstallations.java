package dev.drillbook.site.embedded;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Those of this machine, looked for once. */
final class LocalInstallations implements Installations {
  private final Map<String, String> environment;
  private final Consumer<String> told;
  private PostgresInstallation postgres;
  private MongoInstallation mongo;
  private RedisInstallation redis;
  private final Map<ScriptTool, FoundTool> tools = new EnumMap<>(ScriptTool.class);

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

  @Override
  public synchronized List<FoundTool> tools(Set<ScriptTool> wanted) {
    return wanted.stream().map(tool -> tools.computeIfAbsent(tool, this::look)).toList();
  }

  private FoundTool look(ScriptTool tool) {
    FoundTool found = FoundTool.look(tool, new SearchPath(environment.getOrDefault("PATH", "")));
    if (found.isOurs()) {
      told.accept("Scripts get our own " + tool.command() + ": " + found.said() + ".");
    }
    return found;
  }
}
