package dev.drillbook.run;

import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.verification.RecoveryPoint;
import java.util.Optional;

/**
 * The state that a recovery has to bring back.
 *
 * @param database what the PostgreSQL database held; empty where none is restored
 */
record Checkpoint(RecoveryPoint point, Optional<DatabaseImage> database) {

  long rows() {
    return database.map(DatabaseImage::rows).orElse(0L);
  }
}
