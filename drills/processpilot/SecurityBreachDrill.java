package processpilot;

import static dev.drillbook.fault.Act.act;
import static dev.drillbook.verification.Fingerprints.fingerprints;
import static dev.drillbook.verification.ForeignKeys.foreignKeys;
import static dev.drillbook.verification.Health.health;
import static dev.drillbook.verification.Roles.noUnknownRoles;
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

@Drill(plan = "processpilot", scenario = "security-breach")
class SecurityBreachDrill {

  @Test
  void nothingOfTheIntruderIsLeft(DrillRun drill) {
    var db = drill.postgres("db");
    var clean = drill.postgres("clean-db");
    var database = drill.address("database");
    var backend = drill.app("backend");
    var api = drill.address("api");
    var token = new ApiToken();
    var backups = drill.backups("dump");
    var intruder = new Intruder(db);
    var incident = new Incident(api, backups.folder().resolveSibling("incident"));

    drill
        .workload(bookings(api::url, clean, token))
        .backup("dump")
        .restoredInto(clean)
        .noticedBy(
            new SecurityWatch(
                database, db, db.script("scan-backdoors.sh"), clean.script("scan-backdoors.sh")))
        .disaster(act("an intruder comes with stolen tokens", intruder::breakIn, intruder::look))
        .recover("isolate", incident::isolate, backend::stop)
        .recover(
            "preserve-evidence",
            () -> incident.collectLogs(backend, db),
            db.script("preserve-evidence.sh")
                .with("EVIDENCE_DIR", incident::evidence)
                .with("LOG_DIR", incident::logs))
        .recover(
            "rebuild",
            clean::provision,
            clean
                .script("restore.sh", "postgresql", "latest")
                .with("BACKUP_DIR", () -> backups.folder().toString()))
        .recover(
            "reset-credentials",
            clean.script("reset-credentials.sh").with("NEW_API_TOKEN", token::renew))
        .recover("audit", clean.script("scan-backdoors.sh"), clean.script("verify-integrity.sh"))
        .recover(
            "reopen", db::stop, () -> database.pointTo(clean), backend::start, incident::reopen)
        .recover("smoke-tests", backend.script("smoke-test.sh").with("API_TOKEN", token::current))
        .verify(
            rowCounts(),
            fingerprints(
                "schema_migrations",
                "organisations",
                "users",
                "processes",
                "transactions",
                "audit_events"),
            schemaObjects(),
            noUnknownRoles(clean),
            foreignKeys(),
            sequences(),
            books(),
            fenced(db),
            incident.evidenceIsKept(),
            authentication(api::url, token, Intruder.STOLEN_TOKENS),
            health(backend),
            servesWrites())
        .meetsItsObjectives();
  }
}
