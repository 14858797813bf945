package dev.drillbook.run;

import dev.drillbook.plan.Scenario;
import dev.drillbook.plan.Step;
import dev.drillbook.recovery.Runbook;
import dev.drillbook.site.Postgres;
import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.DatabaseSnapshot;
import dev.drillbook.snapshot.RowFinder;
import dev.drillbook.snapshot.UndoneRows;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Timeline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the restore's target just before the first step that brings data back, and opens a
 * snapshot of it just after the last one, before any client writes to it. Its rows are read later,
 * when no outage depends on it; its catalogue and sequences at once, for they obey no snapshot.
 */
final class RestoreWatch implements Runbook.StepListener, AutoCloseable {
  /** Clients are waiting meanwhile. */
  private static final Duration LOOK_AT_MOST = Duration.ofSeconds(2);

  private final Timeline timeline;
  private final List<Step> restores;
  private final Findings findings;
  private Optional<DatabaseImage> checkpoint = Optional.empty();
  private Optional<Postgres> target = Optional.empty();
  private List<WatchedStore> stores = List.of();
  private DatabaseSnapshot restored;
  private DatabaseSnapshot live;
  private String unreadable = "";

  RestoreWatch(Timeline timeline, Scenario scenario, Findings findings) {
    this.timeline = timeline;
    this.restores = scenario.automatedSteps().stream().filter(Step::restore).toList();
    this.findings = findings;
  }

  void watch(
      Optional<DatabaseImage> expected, Optional<Postgres> database, List<WatchedStore> others) {
    this.checkpoint = expected;
    this.target = database;
    this.stores = others;
  }

  /** The stores that are no PostgreSQL database. */
  List<WatchedStore> stores() {
    return stores;
  }

  /** Whether there is a restore to look at. */
  boolean looks() {
    return !restores.isEmpty() && target.isPresent();
  }

  @Override
  public void before(Step step) {
    if (restores.isEmpty() || !step.equals(restores.get(0))) {
      return;
    }
    if (target.isPresent() && checkpoint.isPresent()) {
      compareWithCheckpoint();
    }
    stores.stream().filter(WatchedStore::holdsTheCheckpoint).forEach(this::neverHit);
  }

  private void neverHit(WatchedStore store) {
    findings.add(
        Finding.unknown(
            "restore",
            store.name() + " differs from its backup before it is restored",
            "it already held exactly what the backup holds",
            "the disaster did not touch it: its restore proves nothing"));
  }

  private void compareWithCheckpoint() {
    try (DatabaseSnapshot now = DatabaseSnapshot.open(target.orElseThrow())) {
      if (now.holds(checkpoint.orElseThrow(), LOOK_AT_MOST)) {
        findings.add(
            Finding.unknown(
                "restore",
                "the target differs from the backup before it is restored",
                "it already held exactly what the backup holds",
                "the disaster did not touch the data: the restore proves nothing"));
      }
    } catch (DrillException gone) {
      timeline.note("before the restore, its target does not answer");
    } catch (SQLException e) {
      timeline.note("before the restore, its target could not be compared: " + e.getMessage());
    }
  }

  @Override
  public void after(Step step) {
    if (restored != null && unreadable.isEmpty() && !restored.lives()) {
      unreadable =
          "step '"
              + step.id()
              + "' ended the session that held it; if that step belongs to the restore, mark it restore: true";
      timeline.note(unreadable);
    }
    if (restores.isEmpty() || !step.equals(restores.get(restores.size() - 1))) {
      return;
    }
    stores.forEach(WatchedStore::restored);
    if (target.isEmpty()) {
      return;
    }
    try {
      restored = DatabaseSnapshot.open(target.get(), new ReadingNotes(timeline));
      restored.schema();
    } catch (DrillException e) {
      timeline.note("after the restore, its target does not answer: " + e.problem());
    } catch (SQLException e) {
      timeline.note("after the restore, the catalogue could not be read: " + e.getMessage());
    }
  }

  /** What the target held when the restore had ended; empty where it could not be read. */
  Optional<DatabaseImage> restoredImage() {
    if (restored == null || !unreadable.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(restored.read());
    } catch (SQLException e) {
      unreadable = e.getMessage();
      timeline.note("what the restore left could not be read: " + unreadable);
      return Optional.empty();
    }
  }

  /** Finds rows in what the restore left, as long as its snapshot can be read. */
  RowFinder rowFinder() {
    return restored == null || !unreadable.isEmpty() ? RowFinder.AMONG_KEPT_ROWS : restored;
  }

  /** Why what the restore left could not be read; empty where it could, or never answered. */
  String unreadable() {
    return unreadable;
  }

  /** What the target holds now; empty where it could not be read. */
  Optional<DatabaseImage> liveImage() {
    if (target.isEmpty()) {
      return Optional.empty();
    }
    try {
      live = DatabaseSnapshot.open(target.get(), new ReadingNotes(timeline));
      return Optional.of(live.read());
    } catch (DrillException | SQLException e) {
      timeline.note("what the database holds in the end could not be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Finds what is left of the restore in the live database, as long as both can be read. */
  UndoneRows undoneRows() {
    return restored == null || live == null || !unreadable.isEmpty()
        ? UndoneRows.UNKNOWN
        : (before, now, limit) -> live.undone(restored, before, now, limit);
  }

  @Override
  public void close() {
    if (restored != null) {
      restored.close();
    }
    if (live != null) {
      live.close();
    }
  }
}
