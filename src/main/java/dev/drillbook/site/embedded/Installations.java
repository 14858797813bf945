package dev.drillbook.site.embedded;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which programs play a site's stores. Each is looked for when a store of its kind asks, and what
 * was found is said; a plan without such a store needs none.
 */
public interface Installations {

  /**
   * Those of this machine.
   *
   * @param environment as from {@link System#getenv()}
   * @param told hears of each choice, in a line or a few
   */
  static Installations ofThisMachine(Map<String, String> environment, Consumer<String> told) {
    return new LocalInstallations(environment, told);
  }

  /** Our own stand-in for S3, in a JVM of this machine. */
  static StorePrograms.OfObjectStore standInForS3() {
    return new S3StandInProgram();
  }

  /**
   * The PostgreSQL programs.
   *
   * @throws dev.drillbook.timeline.DrillException as {@link PostgresInstallations#locate()}
   */
  StorePrograms.OfPostgres postgres(String component);

  /** What plays MongoDB, which is our stand-in where there is no {@code mongod}. */
  StorePrograms.OfMongo mongo(String component);

  /**
   * The Redis server's program.
   *
   * @throws dev.drillbook.timeline.DrillException if there is none
   */
  StorePrograms.OfRedis redis(String component);

  /** What plays S3. */
  StorePrograms.OfObjectStore objectStore(String component);

  /**
   * What scripts get that call these tools; nothing of one that is in the image that they run in,
   * or not.
   */
  default List<FoundTool> tools(Set<ScriptTool> wanted) {
    return List.of();
  }
}
