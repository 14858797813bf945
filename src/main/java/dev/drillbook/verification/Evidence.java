package dev.drillbook.verification;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.site.Postgres;
import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.RowFinder;
import dev.drillbook.workload.Clients;
import java.util.List;
import java.util.Optional;

/** What checks may look at. */
public record Evidence(List<Database> databases, Clients clients) {

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
      return restored.orElseThrow(
          () ->
              new IllegalStateException(
                  "what "
                      + spec.name()
                      + " held after the restore could not be read"
                      + (unreadable.isEmpty() ? "" : ": " + unreadable)));
    }
  }
}
