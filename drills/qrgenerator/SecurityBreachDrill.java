package qrgenerator;

import static dev.drillbook.fault.Extent.percent;
import static dev.drillbook.fault.UpdateRows.updateRows;
import static dev.drillbook.verification.Fingerprints.fingerprints;
import static dev.drillbook.verification.ForeignKeys.foreignKeys;
import static dev.drillbook.verification.Health.health;
import static dev.drillbook.verification.Roles.noUnknownRoles;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.SchemaObjects.schemaObjects;
import static dev.drillbook.verification.Sequences.sequences;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static qrgenerator.Codes.codes;

import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import org.junit.jupiter.api.Test;

@Drill(plan = "qrgenerator", scenario = "security-breach")
class SecurityBreachDrill {

  @Test
  void nothingThatTheIntruderHadIsOfUseAnyMore(DrillRun drill) {
    var db = drill.postgres("db");
    var server = drill.app("server");
    var www = drill.address("www");
    var vault = Vault.of(server);
    var isolation = new Isolation(www);
    var intruder = new Intruder(www::url, db, vault);

    drill
        .workload(codes(www::url, vault, db))
        .noticedBy(db.script("watch-for-intruders.sh"))
        .prepare(db.script("setup-backup-key.sh"))
        .backup("database-full")
        .disaster(
            intruder.breaksIn(),
            updateRows(db, "QrCode", "target", "'https://evil.example'", percent(10)))
        .recover("isolate", isolation::begin)
        .recover("revoke-api-keys", db.script("revoke-api-keys.sh"))
        .recover("keep-evidence", db.script("save-bad-state.sh"))
        .recover("rotate-database-password", server::stop, db::rotatePassword)
        .recover("restore-from-clean-backup", db::provision, db.script("restore-database.sh"))
        .recover("rotate-secrets", db.script("rotate-secrets.sh"))
        .recover("restart-application", server.script("deploy.sh"), server::start)
        .recover(
            "re-enable-services", server.script("test-application.sh"), isolation::end)
        .recover("monitor-for-threats", db.script("watch-for-intruders.sh"))
        .verify(
            rowCounts(),
            fingerprints("User", "QrCode", "QrCodeScan"),
            schemaObjects(),
            foreignKeys(),
            sequences(),
            noUnknownRoles(db),
            intruder,
            health(server),
            servesWrites())
        .meetsItsObjectives();
  }
}
