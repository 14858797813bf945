package processpilot;

import static dev.drillbook.fault.Extent.percent;
import static dev.drillbook.fault.UpdateRows.updateRows;
import static dev.drillbook.verification.BackedUpRows.backedUpRows;
import static dev.drillbook.verification.Fingerprints.fingerprints;
import static dev.drillbook.verification.ForeignKeys.foreignKeys;
import static dev.drillbook.verification.Health.health;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.SchemaObjects.schemaObjects;
import static dev.drillbook.verification.Sequences.sequences;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static processpilot.Authentication.authentication;
import static processpilot.Bookings.bookings;
import static processpilot.Books.books;

import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import org.junit.jupiter.api.Test;

@Drill(plan = "processpilot", scenario = "data-corruption")
class DataCorruptionDrill {

  /**
   * The job wrote amounts; the audit, which nobody can change, has every booking. So everything
   * that was booked since the moment to recover to can be brought back, and must be.
   */
  @Test
  void amountsAreAsBookedAndNothingBookedSinceIsLost(DrillRun drill) {
    var db = drill.postgres("db");
    var backend = drill.app("backend");
    var api = drill.address("api");
    var token = new ApiToken();
    var before = drill.recoveryPoint(db);

    drill
        .workload(bookings(api::url, db, token))
        .backup("base")
        .noticedBy(db.script("verify-integrity.sh"))
        .disaster(updateRows(db, "transactions", "amount", "amount * 10", percent(30)))
        .keepsNewerWrites()
        .recover("stop-backend", backend::stop)
        .recover("save-bad-state", db.script("save-bad-state.sh"))
        .recover(
            "recover-to-before",
            db::stop,
            db.script("restore-pitr.sh").with("RECOVERY_TARGET_TIME", before::time),
            db::start)
        .recover("reconcile", db.script("reconcile.sh", "latest"))
        .recover("verify-integrity", db.script("verify-integrity.sh"))
        .recover("restart-backend", backend::start)
        .verify(
            rowCounts(),
            fingerprints("schema_migrations", "organisations", "users", "api_tokens"),
            backedUpRows(),
            schemaObjects(),
            foreignKeys(),
            sequences(),
            books(),
            authentication(api::url, token),
            health(backend),
            servesWrites())
        .meetsItsObjectives();
  }
}
