package dev.drillbook.run;

import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.StoreImage;
import dev.drillbook.verification.RecoveryPoint;
import java.util.Map;
import java.util.Optional;

/**
 * The state that a recovery has to bring back.
 *
 * @param database what the PostgreSQL database held; empty where none is restored
 * @param stores what the other stores held, by their names
 */
record Checkpoint(
    RecoveryPoint point, Optional<DatabaseImage> database, Map<String, StoreImage> stores) {}
