package processpilot;

import static dev.drillbook.fault.Cut.cut;
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
import static processpilot.Fenced.fenced;

import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import org.junit.jupiter.api.Test;

@Drill(plan = "processpilot", scenario = "provider-switch")
class ProviderSwitchDrill {

  @Test
  void theNewProviderServesWhatTheNewestDumpHeld(DrillRun drill) {
    var old = drill.postgres("db");
    var fresh = drill.postgres("new-provider");
    var database = drill.address("database");
    var backend = drill.app("backend");
    var api = drill.address("api");
    var token = new ApiToken();
    var backups = drill.backups("dump");

    drill
        .workload(bookings(api::url, fresh, token))
        .backup("dump")
        .restoredInto(fresh)
        .disaster(cut(old))
        .recover("stop-backend", backend::stop)
        .recover("fence-old-provider", old::stop)
        .recover(
            "restore-at-new-provider",
            fresh::provision,
            fresh
                .script("restore.sh", "postgresql", "latest")
                .with("BACKUP_DIR", () -> backups.folder().toString()))
        .recover("run-migrations", fresh.script("migrate.sh"))
        .recover("switch-address", () -> database.pointTo(fresh))
        .recover("restart-backend", backend::start)
        .recover("smoke-tests", backend.script("smoke-test.sh").with("API_TOKEN", token::current))
        .verify(
            rowCounts(),
            fingerprints(),
            schemaObjects(),
            foreignKeys(),
            sequences(),
            books(),
            fenced(old),
            authentication(api::url, token),
            health(backend),
            servesWrites())
        .meetsItsObjectives();
  }
}
