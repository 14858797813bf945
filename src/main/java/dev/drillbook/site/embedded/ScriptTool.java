package dev.drillbook.site.embedded;

import dev.drillbook.plan.ComponentSpec;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** A command-line tool that scripts call for a store, and that not every machine has. */
public enum ScriptTool {
  MONGODUMP("mongodump", ComponentSpec.Mongo.class, "MongoDump"),
  MONGORESTORE("mongorestore", ComponentSpec.Mongo.class, "MongoRestore"),
  MONGOSH("mongosh", ComponentSpec.Mongo.class, "MongoShell"),
  REDIS_CLI("redis-cli", ComponentSpec.Redis.class, "redis.RedisCli"),
  AWS("aws", ComponentSpec.ObjectStore.class, "aws.Aws");

  private static final String PACKAGE = "dev.drillbook.site.embedded.standin.";

  private final String command;
  private final Class<? extends ComponentSpec> store;
  private final String main;

  ScriptTool(String command, Class<? extends ComponentSpec> store, String main) {
    this.command = command;
    this.store = store;
    this.main = PACKAGE + main;
  }

  /** How it is called. */
  public String command() {
    return command;
  }

  /** The main class of ours. */
  String main() {
    return main;
  }

  /** Those for the stores of a plan. */
  static Set<ScriptTool> of(Collection<ComponentSpec> components) {
    Set<ScriptTool> tools = EnumSet.noneOf(ScriptTool.class);
    for (ScriptTool tool : values()) {
      if (components.stream().anyMatch(tool.store::isInstance)) {
        tools.add(tool);
      }
    }
    return tools;
  }
}
