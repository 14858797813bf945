package processpilot;

import static dev.drillbook.fault.DestroyData.destroyData;
import static dev.drillbook.fault.Kill.kill;
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

@Drill(plan = "processpilot", scenario = "database-failure")
class DatabaseFailureDrill {

  @Test
  void everyBookingUpToTheDumpComesBack(DrillRun drill) {
    var db = drill.postgres("db");
    var backend = drill.app("backend");
    var api = drill.address("api");
    var token = new ApiToken();

    drill
        .workload(bookings(api::url, db, token))
        .backup("dump")
        .disaster(kill(db), destroyData(db))
        .recover("stop-backend", backend::stop)
        .recover("check-backups", db.script("backup.sh", "--list", "postgresql"))
        .recover("restore-database", db::provision, db.script("restore.sh", "postgresql", "latest"))
        .recover("verify-integrity", db.script("verify-integrity.sh"))
        .recover("run-migrations", db.script("migrate.sh"))
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
