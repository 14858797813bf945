package dhakacart;

import static dev.drillbook.fault.Act.act;
import static dev.drillbook.verification.BackedUpRows.backedUpRows;
import static dev.drillbook.verification.Fingerprints.fingerprints;
import static dev.drillbook.verification.ForeignKeys.foreignKeys;
import static dev.drillbook.verification.Health.health;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.SchemaObjects.schemaObjects;
import static dev.drillbook.verification.Sequences.sequences;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static dhakacart.Orders.orders;

import dev.drillbook.fault.Bite;
import dev.drillbook.fault.Fault;
import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import dev.drillbook.site.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

@Drill(plan = "dhakacart", scenario = "accidental-deletion")
class AccidentalDeletionDrill {
  private static final String OLD_ORDERS = "from orders where created_at < '2025-01-01 04:00:00Z'";

  @Test
  void deletedOrdersComeBackAndNoNewerOneIsLost(DrillRun drill) {
    var db = drill.postgres("db");
    var shop = drill.app("shop");

    drill
        .workload(orders(shop, db))
        .noticedBy(db.script("validate-data.sh"))
        .backup("postgres-dump")
        .keepsNewerWrites()
        .disaster(deletionOfOldOrders(db))
        .recover("stop-further-damage", shop::stop)
        .recover("assess-scope", db.script("verify-data.sh"))
        .recover("identify-restoration-point", db.script("latest-backup.sh"))
        .recover("selective-data-recovery", db.script("restore-rows.sh", "orders", "order_items"))
        .recover("verify-restoration", db.script("verify-data.sh"), db.script("validate-data.sh"))
        .recover("restart-application", shop::start)
        .verify(
            rowCounts(),
            fingerprints("products", "customers"),
            backedUpRows(),
            schemaObjects(),
            foreignKeys(),
            sequences(),
            health(shop),
            servesWrites())
        .meetsItsObjectives();
  }

  /**
   * With every order go its lines, as the schema says: the statement names one table, and hits two.
   */
  private static Fault deletionOfOldOrders(Postgres db) {
    return act(
        "a statement deletes old orders",
        () ->
            number(
                db,
                "with gone as (delete " + OLD_ORDERS + " returning 1) select count(*) from gone"),
        () -> {
          long left = number(db, "select count(*) " + OLD_ORDERS);
          return new Bite(left == 0, left + " old orders are left");
        });
  }

  private static long number(Postgres db, String sql) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
