package dev.drillbook.restorecheck;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.plan.RestoreCheck.Format;
import dev.drillbook.site.Mongo;
import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.Redis;
import dev.drillbook.site.Store;
import dev.drillbook.site.Transcript;
import dev.drillbook.snapshot.StoreImage;
import dev.drillbook.snapshot.StoreImages;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;
import dev.drillbook.verification.RowCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An empty MongoDB or Redis server, or an object store with empty buckets. */
final class OtherStoreUnderCheck implements StoreUnderCheck {
  private final Store store;
  private final ComponentSpec spec;
  private final RestoreCheck check;
  private final Assertions assertions;

  OtherStoreUnderCheck(Store store, ComponentSpec spec, RestoreCheck check, Assertions assertions) {
    this.store = store;
    this.spec = spec;
    this.check = check;
    this.assertions = assertions;
  }

  @Override
  public Store store() {
    return store;
  }

  private StoreImage image() {
    if (store instanceof ObjectStore objects) {
      return StoreImages.read(objects);
    }
    return store instanceof Mongo mongo ? StoreImages.read(mongo) : StoreImages.read((Redis) store);
  }

  /** Its files': neither counts its data alike from version to version. */
  @Override
  public long bytes() {
    return store.files().list("").stream().mapToLong(store.files()::size).sum();
  }

  @Override
  public List<Finding> restore(Format format, Path backup, Transcript transcript, Duration limit)
      throws Exception {
    if (store instanceof Redis redis && format == Format.RDB) {
      redis.load(backup);
    } else if (store instanceof ObjectStore objects && format == Format.TAR) {
      new FilesIntoBuckets(objects).put(backup, transcript);
    } else if (store instanceof Mongo mongo && format == Format.MONGO_ARCHIVE) {
      mongorestore(mongo, List.of("--archive=" + backup), transcript, limit);
    } else if (store instanceof Mongo mongo && format == Format.MONGO_FOLDER) {
      mongorestore(mongo, ofFolder(backup, mongo.database()), transcript, limit);
    } else {
      throw new DrillException(
          backup.getFileName()
              + " is of format "
              + format.word()
              + ", which "
              + spec.name()
              + " does not take",
          "is the policy's component the right one?");
    }
    return List.of();
  }

  private static void mongorestore(
      Mongo mongo, List<String> from, Transcript transcript, Duration limit) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-c",
                "exec mongorestore --uri=\"$MONGO_URI\" --stopOnError \"$@\"",
                "mongorestore",
                "--nsInclude=" + mongo.database() + ".*"));
    arguments.addAll(from);
    mongo.tool("/bin/sh", arguments.toArray(String[]::new)).perform(transcript, limit);
  }

  /** The folder that holds one for each database, wherever in the backup it is. */
  private static List<String> ofFolder(Path backup, String database) throws IOException {
    try (Stream<Path> all = Files.walk(backup)) {
      Path ofDatabase =
          all.filter(Files::isDirectory)
              .filter(folder -> folder.getFileName().toString().equals(database))
              .findFirst()
              .orElseThrow(
                  () ->
                      new DrillException(
                          backup.getFileName() + " holds no folder of the database " + database,
                          "is it a backup of this database? the plan says what that is called"));
      try (Stream<Path> files = Files.list(ofDatabase)) {
        boolean zipped = files.anyMatch(file -> file.toString().endsWith(".bson.gz"));
        String from = "--dir=" + ofDatabase.getParent();
        return zipped ? List.of("--gzip", from) : List.of(from);
      }
    }
  }

  @Override
  public Evidence evidence() {
    StoreImage now = image();
    return Evidence.withoutClients(
        List.of(),
        List.of(
            new Evidence.Stored(
                spec, store, Optional.empty(), Optional.of(now), Optional.of(now), "")));
  }

  @Override
  public List<Check> checks(Instant takenAt) {
    List<Check> checks = new ArrayList<>(List.of(RowCounts.rowCounts()));
    if (store instanceof ObjectStore) {
      checks.add(new EnoughObjects(check.minimumObjects()));
    }
    if (store instanceof Mongo mongo) {
      check.assertions().forEach(each -> checks.add(assertions.of(mongo, each)));
    }
    return checks;
  }
}
