package dhakacart;

import static dev.drillbook.fault.DestroyData.destroyData;
import static dev.drillbook.fault.Kill.kill;
import static dev.drillbook.verification.Fingerprints.fingerprints;
import static dev.drillbook.verification.ForeignKeys.foreignKeys;
import static dev.drillbook.verification.Health.health;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.SchemaObjects.schemaObjects;
import static dev.drillbook.verification.Sequences.sequences;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static dhakacart.Orders.orders;

import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import org.junit.jupiter.api.Test;

@Drill(plan = "dhakacart", scenario = "complete-database-loss")
class CompleteDatabaseLossDrill {

  @Test
  void everyOrderUpToTheBackupComesBack(DrillRun drill) {
    var db = drill.postgres("db");
    var shop = drill.app("shop");

    drill
        .workload(orders(shop, db))
        .backup("postgres-dump")
        .disaster(kill(db), destroyData(db))
        .recover("stop-application", shop::stop)
        .recover("identify-latest-backup", db.script("latest-backup.sh"))
        .recover("restore-database", db::provision, db.script("restore-postgres.sh"))
        .recover("verify-data-integrity", db.script("verify-data.sh"))
        .recover("restart-application", shop::start)
        .recover("test-application", shop.script("test-application.sh"))
        .verify(
            rowCounts(),
            fingerprints(),
            schemaObjects(),
            foreignKeys(),
            sequences(),
            health(shop),
            servesWrites())
        .meetsItsObjectives();
  }
}
