package dev.drillbook.run;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.site.Mongo;
import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.Redis;
import dev.drillbook.site.Store;
import dev.drillbook.snapshot.StoreImage;
import dev.drillbook.snapshot.StoreImages;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Tick;
import dev.drillbook.timeline.Timeline;
import dev.drillbook.verification.Evidence;
import java.util.Optional;

/**
 * A store other than PostgreSQL that a backup is brought into. None of them keeps an old state for
 * a late reader, so it is read at once, before any client writes; the outage grows by that time,
 * and the timeline says by how much.
 */
final class WatchedStore {
  private final Timeline timeline;
  private final ComponentSpec spec;
  private final Store target;
  private final Optional<StoreImage> checkpoint;
  private Optional<StoreImage> restored = Optional.empty();
  private String unreadable = "";

  WatchedStore(
      Timeline timeline, ComponentSpec spec, Store target, Optional<StoreImage> checkpoint) {
    this.timeline = timeline;
    this.spec = spec;
    this.target = target;
    this.checkpoint = checkpoint;
  }

  /**
   * Reads all that a store holds; empty for one that is read otherwise.
   *
   * @throws DrillException if it does not answer
   */
  static Optional<StoreImage> read(Store store) {
    if (store instanceof Mongo mongo) {
      return Optional.of(StoreImages.read(mongo));
    }
    if (store instanceof Redis redis) {
      return Optional.of(StoreImages.read(redis));
    }
    if (store instanceof ObjectStore objects) {
      return Optional.of(StoreImages.read(objects));
    }
    return Optional.empty();
  }

  String name() {
    return spec.name();
  }

  /** Whether it holds what the backup does, before anybody has restored it. */
  boolean holdsTheCheckpoint() {
    try {
      return checkpoint.isPresent() && read(target).equals(checkpoint);
    } catch (DrillException gone) {
      timeline.note("before the restore, " + target.name() + " does not answer");
      return false;
    }
  }

  void restored() {
    Tick started = timeline.now();
    try {
      restored = read(target);
      timeline.note(
          "reading "
              + target.name()
              + " took "
              + timeline.now().since(started).toMillis()
              + " ms of the outage");
    } catch (DrillException e) {
      unreadable = e.problem();
      timeline.note("after the restore, " + target.name() + " could not be read: " + unreadable);
    }
  }

  Evidence.Stored evidence() {
    return new Evidence.Stored(spec, target, checkpoint, restored, live(), unreadable);
  }

  private Optional<StoreImage> live() {
    try {
      return read(target);
    } catch (DrillException e) {
      timeline.note(
          "what " + target.name() + " holds in the end could not be read: " + e.problem());
      return Optional.empty();
    }
  }
}
