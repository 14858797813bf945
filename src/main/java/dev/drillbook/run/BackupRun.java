package dev.drillbook.run;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.recovery.BackupCatalogue;
import dev.drillbook.site.Command;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Site;
import dev.drillbook.site.Store;
import dev.drillbook.site.Transcript;
import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.DatabaseSnapshot;
import dev.drillbook.snapshot.StoreImage;
import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Tick;
import dev.drillbook.timeline.Timeline;
import dev.drillbook.verification.RecoveryPoint;
import dev.drillbook.workload.Clients;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Takes the plan's backups with the team's own scripts while clients write, and a checkpoint of the
 * very same state.
 *
 * <p>A dump shows the database as it was when pg_dump took its snapshot, which nobody outside can
 * name. So writers are held for a moment: with every table locked against writes, the checkpoint's
 * snapshot is opened and the script started; as soon as pg_dump is seen to hold its own locks on
 * the tables, which it takes after its snapshot, the writers go on. Both snapshots are then of the
 * same state. Whatever does not dump with pg_dump holds the writers until it is done.
 *
 * <p>Other stores know no snapshot, and several stores share none: for those, the drill's clients
 * are held until all scripts are done, so that all have one recovery point.
 */
final class BackupRun {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final Timeline timeline;
  private final DrillPlan plan;
  private final Site site;
  private final Clients clients;
  private final Transcript transcript;

  BackupRun(Timeline timeline, DrillPlan plan, Site site, Clients clients, Transcript transcript) {
    this.timeline = timeline;
    this.plan = plan;
    this.site = site;
    this.clients = clients;
    this.transcript = transcript;
  }

  /**
   * What was left.
   *
   * @param checkpoint the state that the backups hold; empty where they alone are no state to go
   *     back to
   */
  record Taken(List<BackupFacts> facts, Optional<Checkpoint> checkpoint) {}

  /** Takes them without a checkpoint: what they are good for is a point later on. */
  Taken takeAsBase(List<BackupPolicy> policies) throws SQLException, InterruptedException {
    List<BackupFacts> facts = new ArrayList<>();
    for (BackupPolicy policy : policies) {
      Tick started = timeline.now();
      var before = catalogue(policy).files();
      script(policy).perform(transcript, LIMIT);
      facts.add(note(policy, before, started, started, timeline.now(), size(policy), 0));
    }
    return new Taken(facts, Optional.empty());
  }

  Taken take(List<BackupPolicy> policies) throws SQLException, InterruptedException {
    return policies.size() == 1 && store(policies.get(0)) instanceof Postgres database
        ? takeOne(policies.get(0), database)
        : takeAll(policies);
  }

  private Taken takeOne(BackupPolicy policy, Postgres database)
      throws SQLException, InterruptedException {
    var before = catalogue(policy).files();
    try (Connection holder = database.connect();
        Connection watcher = database.connect()) {
      WriteHold hold = WriteHold.of(holder);
      Tick held = timeline.now();
      try (DatabaseSnapshot snapshot =
          DatabaseSnapshot.open(database, new ReadingNotes(timeline))) {
        Tick started = timeline.now();
        CompletableFuture<Void> running = run(script(policy));
        hold.awaitDump(watcher, running);
        hold.release();
        timeline.note(
            "writers were held for "
                + timeline.now().since(held).toMillis()
                + " ms, until the dump had its snapshot");
        await(running);
        Tick ended = timeline.now();
        DatabaseImage image = snapshot.readAsOriginal();
        BackupFacts facts =
            note(policy, before, held, started, ended, snapshot.databaseBytes(), image.rows());
        return new Taken(
            List.of(facts),
            Optional.of(
                new Checkpoint(new RecoveryPoint(held, held), Optional.of(image), Map.of())));
      }
    }
  }

  private Taken takeAll(List<BackupPolicy> policies) throws SQLException, InterruptedException {
    Runnable letGo = clients.hold();
    try {
      Tick held = timeline.now();
      Optional<DatabaseImage> database = Optional.empty();
      Map<String, StoreImage> stores = new HashMap<>();
      List<BackupFacts> facts = new ArrayList<>();
      for (BackupPolicy policy : policies) {
        long rows = 0;
        long bytes = 0;
        if (store(policy) instanceof Postgres postgres) {
          try (DatabaseSnapshot snapshot =
              DatabaseSnapshot.open(postgres, new ReadingNotes(timeline))) {
            database = Optional.of(snapshot.readAsOriginal());
            rows = database.get().rows();
            bytes = snapshot.databaseBytes();
          }
        }
        Optional<StoreImage> image = WatchedStore.read(store(policy));
        if (image.isPresent()) {
          stores.put(policy.component(), image.get());
          rows = image.get().count();
        }
        Tick started = timeline.now();
        var before = catalogue(policy).files();
        script(policy).perform(transcript, LIMIT);
        facts.add(note(policy, before, held, started, timeline.now(), bytes, rows));
      }
      timeline.note(
          "clients were held for "
              + timeline.now().since(held).toMillis()
              + " ms, until every backup was taken");
      return new Taken(
          facts, Optional.of(new Checkpoint(new RecoveryPoint(held, held), database, stores)));
    } finally {
      letGo.run();
    }
  }

  private BackupFacts note(
      BackupPolicy policy,
      Set<BackupCatalogue.Version> before,
      Tick held,
      Tick started,
      Tick ended,
      long bytes,
      long rows) {
    BackupCatalogue.Backup backup = catalogue(policy).newest(before);
    String file = backup.file().getFileName().toString();
    timeline.append(new Event.BackupTaken(held, ended, policy.id(), file, backup.bytes()));
    return new BackupFacts(policy.id(), file, backup.bytes(), bytes, ended.since(started), rows);
  }

  private BackupCatalogue catalogue(BackupPolicy policy) {
    return new BackupCatalogue(site.backupFolder(policy));
  }

  private Store store(BackupPolicy policy) {
    return Stores.of(site, policy, plan);
  }

  private Command script(BackupPolicy policy) {
    return store(policy)
        .script(policy.script().orElseThrow())
        .with("BACKUP_DIR", () -> site.backupFolder(policy).toString());
  }

  private long size(BackupPolicy policy) throws SQLException {
    if (store(policy) instanceof Postgres database) {
      try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(database)) {
        return snapshot.databaseBytes();
      }
    }
    return 0;
  }

  private CompletableFuture<Void> run(Command script) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                script.perform(transcript, LIMIT);
                done.complete(null);
              } catch (Exception | Error e) {
                done.completeExceptionally(e);
              }
            },
            "drillbook-backup");
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  private static void await(CompletableFuture<Void> running) {
    try {
      running.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw e;
    }
  }
}
