package dev.drillbook.verification;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.site.Component;
import dev.drillbook.site.Postgres;
import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.RowFinder;
import dev.drillbook.snapshot.StoreImage;
import dev.drillbook.workload.Clients;
import java.util.List;
import java.util.Optional;

/**
 * What checks may look at.
 *
 * @param stores those other than PostgreSQL that the drill's backup is of, or that its recovery
 *     brings data into
 */
public record Evidence(List<Database> databases, List<Stored> stores, Clients clients) {

  /** Evidence of stores that nobody writes to. */
  public static Evidence withoutClients(List<Database> databases, List<Stored> stores) {
    return new Evidence(databases, stores, null);
  }

  /**
   * Those who wrote.
   *
   * @throws IllegalStateException if nobody did
   */
  @Override
  public Clients clients() {
    if (clients == null) {
      throw new IllegalStateException("no clients wrote to what is looked at");
    }
    return clients;
  }

  /** Evidence of databases alone. */
  public Evidence(List<Database> databases, Clients clients) {
    this(databases, List.of(), clients);
  }

  /**
   * One store before and after.
   *
   * @param server the {@link dev.drillbook.site.Mongo}, {@link dev.drillbook.site.Redis} or {@link
   *     dev.drillbook.site.ObjectStore}
   * @param checkpoint what it held when the backup was taken; empty where none was
   * @param restored what it held when the last restoring step had ended and no client wrote yet;
   *     empty where it could not be read
   * @param live what it holds now that the clients have stopped; empty where it could not be read
   * @param unreadable why {@code restored} is empty
   */
  public record Stored(
      ComponentSpec spec,
      Component server,
      Optional<StoreImage> checkpoint,
      Optional<StoreImage> restored,
      Optional<StoreImage> live,
      String unreadable) {

    String name() {
      return spec.name();
    }

    /** What the backup holds; a check that needs it cannot look without it. */
    StoreImage checkpointImage() {
      return checkpoint.orElseThrow(
          () -> new IllegalStateException("no checkpoint of " + name() + " was taken"));
    }

    /** What was restored or, where that could not be read, what is there now. */
    StoreImage latestImage() {
      return restored.or(() -> live).orElseGet(this::restoredImage);
    }

    /** What was restored; a check that needs it cannot look without it. */
    StoreImage restoredImage() {
      return restored.orElseThrow(() -> unread(name(), unreadable));
    }
  }

  /**
   * One database before and after.
   *
   * @param checkpoint what it held in the backup's own snapshot; empty where no backup was taken
   * @param restored what it held when the last restoring step had ended and no client wrote yet;
   *     empty where it could not be read
   * @param live what it holds now that the clients have stopped; empty where it could not be read
   * @param unreadable why {@code restored} is empty
   * @param rows finds the rows in which what was restored differs from the checkpoint
   */
  public record Database(
      ComponentSpec.Postgres spec,
      Postgres server,
      Optional<DatabaseImage> checkpoint,
      Optional<DatabaseImage> restored,
      Optional<DatabaseImage> live,
      String unreadable,
      RowFinder rows) {

    /** What the backup holds; a check that needs it cannot look without it. */
    DatabaseImage checkpointImage() {
      return checkpoint.orElseThrow(
          () -> new IllegalStateException("no checkpoint was taken with the backup"));
    }

    /** What was restored or, where that could not be read, what is there now. */
    DatabaseImage latestImage() {
      return restored.or(() -> live).orElseGet(this::restoredImage);
    }

    /** What was restored; a check that needs it cannot look without it. */
    DatabaseImage restoredImage() {
      return restored.orElseThrow(() -> unread(spec.name(), unreadable));
    }
  }

  private static IllegalStateException unread(String name, String why) {
    return new IllegalStateException(
        "what "
            + name
            + " held after the restore could not be read"
            + (why.isEmpty() ? "" : ": " + why));
  }
}
