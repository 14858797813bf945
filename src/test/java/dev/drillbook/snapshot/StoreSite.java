package dev.drillbook.snapshot;

import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.Mongo;
import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.Redis;
import dev.drillbook.site.Transcript;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A site of one store of each kind but PostgreSQL. */
final class StoreSite implements AutoCloseable {
  private final EmbeddedSite site;

  StoreSite(Path folder) throws IOException {
    script(
        folder,
        "dump.sh",
        "rm -rf \"$BACKUP_DIR/dump\"; mongodump --uri=\"$MONGO_URI\" --out=\"$BACKUP_DIR/dump\"");
    script(
        folder,
        "restore.sh",
        "mongorestore --uri=\"$MONGO_URI\" --drop --dir=\"$BACKUP_DIR/dump\"");
    site =
        EmbeddedSite.create(
            PlanLoader.load(
                Files.writeString(
                    folder.resolve("plan.yaml"),
                    """
                    system: tiny
                    title: One store of each kind
                    components:
                      documents: {kind: mongo, database: shop, collections: {orders: {mayBeEmpty: true}}}
                      cache: {kind: redis, persistence: rdb}
                      objects: {kind: object-store, buckets: {media: {versioning: true}, scratch: {}}}
                    backups:
                      dump: {component: documents, script: dump.sh, schedule: "0 * * * *", retention: 1d, location: mongo, encryption: none}
                    scenarios:
                      loss:
                        title: Loss
                        severity: P1
                        rto: 1h
                        rpo: 2h
                        backup: dump
                        steps:
                          - {id: restore, kind: automated, budget: 1m, restore: true}
                    """)),
            1,
            Installations.ofThisMachine(System.getenv(), said -> {}));
  }

  private static void script(Path folder, String name, String body) throws IOException {
    Path file = Files.createDirectories(folder.resolve("scripts")).resolve(name);
    Files.writeString(file, "#!/bin/sh\nset -eu\n" + body + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
  }

  Mongo documents() {
    return site.mongo("documents");
  }

  Redis cache() {
    return site.redis("cache");
  }

  ObjectStore objects() {
    return site.objectStore("objects");
  }

  /** Asks for nothing else than was asked for before. */
  void bringUp() {
    site.bringUp();
  }

  void run(String script) throws InterruptedException {
    documents().script(script).perform(new Transcript(site.secrets()), Duration.ofMinutes(1));
  }

  @Override
  public void close() {
    site.close();
  }
}
