package dhakacart;

import static dev.drillbook.fault.Act.act;
import static dev.drillbook.fault.EncryptRows.encryptRows;
import static dev.drillbook.fault.Extent.percent;
import static dev.drillbook.fault.TruncateBackup.truncateBackup;
import static dev.drillbook.verification.Fingerprints.fingerprints;
import static dev.drillbook.verification.ForeignKeys.foreignKeys;
import static dev.drillbook.verification.Health.health;
import static dev.drillbook.verification.Roles.noUnknownRoles;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.SchemaObjects.schemaObjects;
import static dev.drillbook.verification.Sequences.sequences;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static dhakacart.EvidenceKept.evidenceKept;
import static dhakacart.Orders.orders;

import dev.drillbook.fault.Bite;
import dev.drillbook.fault.Fault;
import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import dev.drillbook.site.Disturbance;
import dev.drillbook.site.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

@Drill(plan = "dhakacart", scenario = "ransomware")
class RansomwareDrill {

  @Test
  void nothingOfTheAttackComesBackAndItsTracesAreKept(DrillRun drill) {
    var db = drill.postgres("db");
    var shop = drill.app("shop");
    var backups = drill.backups("postgres-dump");
    var nightly = db.script("backup-postgres.sh");
    var evidence = backups.folder().resolve("evidence");
    List<String> traces = new CopyOnWriteArrayList<>();
    Deque<Disturbance> isolation = new ArrayDeque<>();

    drill
        .workload(orders(shop, db))
        .noticedBy(db.script("validate-data.sh"))
        .backup("postgres-dump")
        .disaster(
            encryptRows(db, "customers", percent(80)),
            encryptRows(db, "products", percent(90)),
            backDoor(db, traces),
            act(
                "a nightly backup of encrypted rows",
                nightly,
                () -> new Bite(true, "it ended well")),
            act("the next night's backup", nightly, () -> new Bite(true, "it ended well")),
            truncateBackup(backups))
        .recover(
            "isolate-affected-systems",
            () -> isolation.push(shop.cut()),
            () -> isolation.push(db.cut()))
        .recover("stop-all-services", shop::stop, db::stop)
        .recover(
            "preserve-evidence",
            db.script("preserve-evidence.sh").with("EVIDENCE_DIR", evidence::toString))
        .recover("identify-last-good-backup", db.script("find-clean-backup.sh"))
        .recover("create-clean-environment", db::provision)
        .recover("restore-from-clean-backup", db.script("restore-clean-backup.sh"))
        .recover(
            "gradual-restoration",
            db.script("validate-data.sh"),
            () -> isolation.pop().end(),
            shop::start,
            () -> isolation.pop().end(),
            shop.script("test-application.sh"))
        .verify(
            rowCounts(),
            fingerprints(),
            schemaObjects(),
            foreignKeys(),
            sequences(),
            noUnknownRoles(db),
            evidenceKept(evidence, traces),
            health(shop),
            servesWrites())
        .meetsItsObjectives();
  }

  /** A role that would let the attacker in again; and we note some of what the attack wrote. */
  private static Fault backDoor(Postgres db, List<String> traces) {
    return act(
        "the attacker leaves a role behind",
        () -> {
          try (Connection connection = db.administer(db.database());
              Statement statement = connection.createStatement()) {
            statement.execute("create role maintenance superuser login");
            try (ResultSet encrypted =
                statement.executeQuery(
                    "select name from products where name !~ ' ' order by id limit 5")) {
              while (encrypted.next()) {
                traces.add(encrypted.getString(1));
              }
            }
          }
        },
        () -> new Bite(traces.size() == 5, "the role maintenance may log in"));
  }
}
