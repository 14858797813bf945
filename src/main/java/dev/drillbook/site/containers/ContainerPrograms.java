package dev.drillbook.site.containers;

import dev.drillbook.site.embedded.Installations;
import dev.drillbook.site.embedded.StorePrograms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The programs in the images: each is on its image's PATH. */
record ContainerPrograms(Images images) implements Installations {

  @Override
  public StorePrograms.OfPostgres postgres(String component) {
    String described = describe(component);
    return new StorePrograms.OfPostgres() {
      @Override
      public String command(String program) {
        return program;
      }

      @Override
      public String describe() {
        return described;
      }
    };
  }

  @Override
  public StorePrograms.OfMongo mongo(String component) {
    String described = describe(component);
    boolean standIn = images.areLocal();
    return new StorePrograms.OfMongo() {
      @Override
      public List<String> serverCommand(Path folder, int port, String listenAddress) {
        return standIn
            ? List.of("mongo-stand-in", folder.toString(), String.valueOf(port), listenAddress)
            : List.of(
                "mongod",
                "--dbpath",
                folder.toString(),
                "--port",
                String.valueOf(port),
                "--bind_ip",
                listenAddress,
                "--nounixsocket",
                "--wiredTigerCacheSizeGB",
                "0.25");
      }

      @Override
      public String describe() {
        return described;
      }
    };
  }

  @Override
  public StorePrograms.OfRedis redis(String component) {
    String described = describe(component);
    return new StorePrograms.OfRedis() {
      @Override
      public List<String> serverCommand(Path file) {
        return List.of("redis-server", file.toString());
      }

      @Override
      public String describe() {
        return described;
      }
    };
  }

  /** Our stand-in in either case: in the local image, or with our class path in a JVM's. */
  @Override
  public StorePrograms.OfObjectStore objectStore(String component) {
    String described = describe(component);
    StorePrograms.OfObjectStore here = Installations.standInForS3();
    boolean packed = images.areLocal();
    return new StorePrograms.OfObjectStore() {
      @Override
      public List<String> serverCommand(
          Path folder, int port, Path accounts, String listenAddress) {
        return packed
            ? List.of(
                "s3-stand-in",
                folder.toString(),
                String.valueOf(port),
                accounts.toString(),
                listenAddress)
            : inAnyJvm(here.serverCommand(folder, port, accounts, listenAddress));
      }

      @Override
      public String describe() {
        return packed ? described : here.describe() + " in " + described;
      }
    };
  }

  /** The command of a JVM here, for the JVM of an image. */
  private static List<String> inAnyJvm(List<String> command) {
    List<String> changed = new ArrayList<>(command);
    changed.set(0, "java");
    Collections.replaceAll(
        changed, System.getProperty("java.class.path"), ClassPath.ofThisJvm().text());
    return changed;
  }

  private String describe(String component) {
    return images.describe(images.of(component));
  }
}
