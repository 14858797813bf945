package dev.drillbook.run;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.recovery.BackupCatalogue;
import dev.drillbook.site.Command;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Transcript;
import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.DatabaseSnapshot;
import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Tick;
import dev.drillbook.timeline.Timeline;
import dev.drillbook.verification.RecoveryPoint;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Takes the plan's backup with the team's own script while clients write, and a checkpoint of the
 * very same state.
 *
 * <p>A dump shows the database as it was when pg_dump took its snapshot, which nobody outside can
 * name. So writers are held for a moment: with every table locked against writes, the checkpoint's
 * snapshot is opened and the script started; as soon as pg_dump is seen to hold its own locks on
 * the tables, which it takes after its snapshot, the writers go on. Both snapshots are then of the
 * same state. Whatever does not dump with pg_dump holds the writers until it is done.
 */
final class BackupRun {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final Timeline timeline;
  private final Postgres database;
  private final BackupPolicy policy;
  private final Path folder;

  BackupRun(Timeline timeline, Postgres database, BackupPolicy policy, Path folder) {
    this.timeline = timeline;
    this.database = database;
    this.policy = policy;
    this.folder = folder;
  }

  /** What a backup left: its facts, the state it holds, and when that state was. */
  record Taken(BackupFacts facts, DatabaseImage checkpoint, RecoveryPoint point) {}

  Taken take(Command script, Transcript transcript) throws SQLException, InterruptedException {
    BackupCatalogue catalogue = new BackupCatalogue(folder);
    var before = catalogue.files();
    try (Connection holder = database.connect();
        Connection watcher = database.connect()) {
      WriteHold hold = WriteHold.of(holder);
      Tick held = timeline.now();
      DatabaseImage checkpoint;
      long databaseBytes;
      Tick started;
      Tick ended;
      try (DatabaseSnapshot snapshot =
          DatabaseSnapshot.open(database, new ReadingNotes(timeline))) {
        started = timeline.now();
        CompletableFuture<Void> running = run(script, transcript);
        hold.awaitDump(watcher, running);
        hold.release();
        timeline.note(
            "writers were held for "
                + timeline.now().since(held).toMillis()
                + " ms, until the dump had its snapshot");
        await(running);
        ended = timeline.now();
        checkpoint = snapshot.readAsOriginal();
        databaseBytes = snapshot.databaseBytes();
      }
      BackupCatalogue.Backup backup = catalogue.newest(before);
      timeline.append(
          new Event.BackupTaken(
              held, ended, policy.id(), backup.file().getFileName().toString(), backup.bytes()));
      BackupFacts facts =
          new BackupFacts(
              policy.id(),
              backup.file().getFileName().toString(),
              backup.bytes(),
              databaseBytes,
              ended.since(started),
              checkpoint.rows());
      return new Taken(facts, checkpoint, new RecoveryPoint(held, held));
    }
  }

  private static CompletableFuture<Void> run(Command script, Transcript transcript) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                script.perform(transcript, LIMIT);
                done.complete(null);
              } catch (Exception e) {
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
