package processpilot;

import static dev.drillbook.fault.DropTable.dropTable;
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

@Drill(plan = "processpilot", scenario = "point-in-time-recovery")
class PointInTimeRecoveryDrill {

  @Test
  void everythingBeforeTheTargetIsBackAndNothingAfterIt(DrillRun drill) {
    var db = drill.postgres("db");
    var backend = drill.app("backend");
    var api = drill.address("api");
    var token = new ApiToken();
    var target = drill.recoveryPoint(db);

    drill
        .workload(bookings(api::url, db, token))
        .backup("base")
        .disaster(dropTable(db, "transactions"))
        .recover("stop-backend", backend::stop)
        .recover(
            "recover-to-target",
            db::stop,
            db.script("restore-pitr.sh").with("RECOVERY_TARGET_TIME", target::time),
            db::start)
        .recover("verify-integrity", db.script("verify-integrity.sh"))
        .recover("restart-backend", backend::start)
        .recover("smoke-tests", backend.script("smoke-test.sh").with("API_TOKEN", token::current))
        .verify(
            rowCounts(),
            fingerprints(),
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
