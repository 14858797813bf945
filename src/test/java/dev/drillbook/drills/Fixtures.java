package dev.drillbook.drills;

import static dev.drillbook.fault.Cut.cut;
import static dev.drillbook.fault.DeleteRows.deleteRows;
import static dev.drillbook.fault.DestroyData.destroyData;
import static dev.drillbook.fault.EncryptRows.encryptRows;
import static dev.drillbook.fault.Extent.count;
import static dev.drillbook.fault.Extent.percent;
import static dev.drillbook.fault.Kill.kill;
import static dev.drillbook.fault.UpdateRows.updateRows;
import static dev.drillbook.verification.Health.health;
import static dhakacart.Orders.orders;

import dev.drillbook.fault.ActiveFault;
import dev.drillbook.fault.Bite;
import dev.drillbook.fault.Fault;
import dev.drillbook.fault.Scene;
import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Drills that only tests run. One is right; each of the others has one thing wrong with it. */
final class Fixtures {
  private static final String SCENARIO = "complete-database-loss";

  private Fixtures() {}

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class Clean {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill).run();
    }
  }

  /** Rows are gone, others are encrypted, and the network is cut until a step mends it. */
  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class SeveralFaultsOneOfThemHealedByAStep {
    @Test
    void drill(DrillRun drill) {
      DhakaCart cart = new DhakaCart(drill);
      Fault cut = cut(cart.db);
      cart.disaster(
              deleteRows(cart.db, "orders", percent(40)),
              encryptRows(cart.db, "customers", count(20)),
              cut)
          .restore(drill.heal(cut), cart.db::provision, cart.db.script("restore-postgres.sh"))
          .run();
    }
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class NobodyMendsTheNetwork {
    @Test
    void drill(DrillRun drill) {
      DhakaCart cart = new DhakaCart(drill).impatient().withoutTheRunbooksOwnChecks();
      cart.disaster(cut(cart.db)).restart(() -> {}).run();
    }
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class ChangesNothing {
    @Test
    void drill(DrillRun drill) {
      DhakaCart cart = new DhakaCart(drill);
      cart.disaster(updateRows(cart.db, "products", "stock", "t.stock", percent(50))).run();
    }
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class RestoreDoesNothing {
    @Test
    void drill(DrillRun drill) {
      DhakaCart cart = new DhakaCart(drill).impatient().withoutTheRunbooksOwnChecks();
      cart.restore(cart.db::provision, cart.shell("a restore that exits 0", "true")).run();
    }
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class LosesOneSeededRow {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill).restoreAndThen("delete from order_items where id = 17").run();
    }
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class LosesOneOrder {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill).restoreAndThen("delete from orders where ref = 'drill-order-0'").run();
    }
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class ChangesOneCell {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill)
          .restoreAndThen("update customers set email = upper(email) where id = 7")
          .run();
    }
  }

  @Drill(plan = "target/plans/large-table/plan.yaml", scenario = SCENARIO)
  static class ChangesALargeTableAfterTheRestore {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill).checkAndThen("update log set note = 'x' where id % 10 = 0").run();
    }
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class TruncatesAfterTheRestore {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill).checkAndThen("truncate order_items").run();
    }
  }

  /** Nothing is restored from a backup, and what the recovered system says yes to does not last. */
  @Drill(plan = "target/plans/no-backup/plan.yaml", scenario = SCENARIO)
  static class LosesWhatItAcknowledgedAfterwards {
    @Test
    void drill(DrillRun drill) {
      DhakaCart cart = new DhakaCart(drill);
      drill
          .workload(new LosesItsTail(orders(cart.shop, cart.db), cart))
          .disaster(kill(cart.db))
          .recover("stop-application", cart.shop::stop)
          .recover("identify-latest-backup", cart.shell("nothing", "true"))
          .recover("restore-database", cart.db::start)
          .recover("verify-data-integrity", cart.db.script("verify-data.sh"))
          .recover("restart-application", cart.shop::start)
          .recover("test-application", cart.shop.script("test-application.sh"))
          .verify(health(cart.shop))
          .meetsItsObjectives();
    }
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class DropsAConstraint {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill)
          .restoreAndThen("alter table order_items drop constraint order_items_product_id_fkey")
          .run();
    }
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class DeletesAfterTheRestore {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill).checkAndThen("delete from orders where id <= 800").run();
    }
  }

  /** A later step restarts the server, and with it ends the session that looks at the restore. */
  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class RestartsTheServerAfterTheRestore {
    @Test
    void drill(DrillRun drill) {
      DhakaCart cart = new DhakaCart(drill);
      cart.restart(cart.db::stop, cart.db::start, cart.shop::start).run();
    }
  }

  /** The clients' first inserts fail on keys that are taken, and heal the sequence meanwhile. */
  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class SetsASequenceBack {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill)
          .withoutTheRunbooksOwnChecks()
          .restoreAndThen("select setval('order_items_id_seq', max(id) - 30) from order_items")
          .run();
    }
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class RestoresAnOlderBackup {
    @Test
    void drill(DrillRun drill) {
      DhakaCart cart = new DhakaCart(drill);
      drill.prepare(cart.db.script("backup-postgres.sh"));
      cart.restore(
              cart.db::provision,
              cart.shell(
                  "restore the oldest",
                  "exec scripts/restore-postgres.sh \"$(ls \"$BACKUP_DIR\"/*.sql.gz | sort | head -n 1)\""))
          .run();
    }
  }

  /**
   * Somebody saved the newest order by hand before the database was gone, and puts it back after
   * the restore.
   */
  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class PutsBackARowFromAfterTheBackup {
    @Test
    void drill(DrillRun drill) {
      DhakaCart cart = new DhakaCart(drill);
      AtomicReference<String> insert = new AtomicReference<>();
      Fault saved = new SavedOrder(cart, insert);
      cart.disaster(saved, kill(cart.db), destroyData(cart.db))
          .restore(
              cart.db::provision,
              cart.db.script("restore-postgres.sh"),
              () -> cart.execute(insert.get()))
          .run();
    }

    private record SavedOrder(DhakaCart cart, AtomicReference<String> insert) implements Fault {
      @Override
      public String name() {
        return "save the newest order by hand";
      }

      @Override
      public ActiveFault inject(Scene scene) {
        try (Connection connection = cart.db.connect();
            Statement statement = connection.createStatement();
            ResultSet row =
                statement.executeQuery(
                    "select format('with o as (insert into orders (ref, customer_id, total_cents) values (%L, %s, %s)"
                        + " returning id) insert into order_items (order_id, product_id, quantity, price_cents)"
                        + " select o.id, v.* from o, (values %s) v', o.ref, o.customer_id, o.total_cents,"
                        + " string_agg(format('(%s, %s, %s)', i.product_id, i.quantity, i.price_cents), ','))"
                        + " from orders o join order_items i on i.order_id = o.id where o.status = 'placed'"
                        + " group by o.id order by o.id desc limit 1")) {
          row.next();
          insert.set(row.getString(1));
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
        return ActiveFault.over(List.of(), () -> new Bite(true, "it is saved"));
      }
    }
  }

  /** Its plan promises an RTO that the manual steps alone exceed. */
  @Drill(plan = "target/plans/rto/plan.yaml", scenario = SCENARIO)
  static class OverItsRto {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill).run();
    }
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class RestoreFailsHalfWay {
    @Test
    void drill(DrillRun drill) {
      DhakaCart cart = new DhakaCart(drill);
      cart.restore(
              cart.db::provision,
              cart.shell(
                  "half a restore",
                  "newest=$(scripts/latest-backup.sh); gzip -dc \"$newest\" | head -n 60"
                      + " | psql -X -q -v ON_ERROR_STOP=1 -f -"))
          .run();
    }
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class LeavesTheAppStopped {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill).impatient().withoutTheRunbooksOwnChecks().restart(() -> {}).run();
    }
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class DoesNotBite {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill).impatient().disaster(new Harmless()).run();
    }

    private record Harmless() implements Fault {
      @Override
      public String name() {
        return "nothing at all";
      }

      @Override
      public ActiveFault inject(Scene scene) {
        return ActiveFault.over(
            List.of(), () -> new Bite(true, "it claims to have done something"));
      }
    }
  }

  /** The app is killed, but the database that the runbook restores was never touched. */
  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class SparesTheData {
    @Test
    void drill(DrillRun drill) {
      DhakaCart cart = new DhakaCart(drill);
      drill.windows(java.time.Duration.ofMillis(500), java.time.Duration.ZERO);
      cart.disaster(kill(cart.shop)).restore(cart.shell("a restore that exits 0", "true")).run();
    }
  }

  /** The app serves its customers while the database behind it is being replaced. */
  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class LetsClientsInTooEarly {
    @Test
    void drill(DrillRun drill) {
      DhakaCart cart = new DhakaCart(drill);
      cart.restore(
              cart.db::provision,
              cart.db.script("restore-postgres.sh"),
              cart.shop::start,
              cart.shell("somebody looks whether it works", "sleep 2"))
          .run();
    }
  }

  /** Its app prints its environment and ends. */
  @Drill(plan = "target/plans/talkative/plan.yaml", scenario = SCENARIO)
  static class HasAnAppThatDiesSayingItsPassword {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill).run();
    }
  }

  /** Its plan has a table without rows, and does not say that this is right. */
  @Drill(plan = "target/plans/empty-table/plan.yaml", scenario = SCENARIO)
  static class HasAnEmptyTable {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill).run();
    }
  }

  /** Its plan is the runbook as written: a daily dump for an RPO of 24 h. */
  @Drill(plan = "target/plans/as-written/plan.yaml", scenario = SCENARIO)
  static class FollowsTheRunbookAsWritten {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill).run();
    }
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class FindsItsBackupTruncated {
    @Test
    void drill(DrillRun drill) {
      DhakaCart cart = new DhakaCart(drill);
      cart.disaster(kill(cart.db), destroyData(cart.db))
          .restore(
              cart.db::provision,
              cart.shell("truncate", "truncate -s -1000 \"$BACKUP_DIR\"/*.sql.gz"),
              cart.db.script("restore-postgres.sh"))
          .run();
    }
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class HasTheWrongPassword {
    @Test
    void drill(DrillRun drill) {
      DhakaCart cart = new DhakaCart(drill);
      cart.restore(
              cart.db::provision,
              cart.shell("restore", "PGPASSWORD=guessed exec scripts/restore-postgres.sh"))
          .run();
    }
  }

  /** Its backup script writes to a device that is always full. */
  @Drill(plan = "target/plans/full-disk/plan.yaml", scenario = SCENARIO)
  static class BacksUpToAFullDisk {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill).run();
    }
  }

  /** Its plan gives the database a port that somebody else has. */
  @Drill(plan = "target/plans/port/plan.yaml", scenario = SCENARIO)
  static class WantsAPortThatIsTaken {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill).run();
    }
  }

  @Drill(plan = "target/plans/no-such-plan.yaml", scenario = SCENARIO)
  static class HasNoPlan {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill).run();
    }
  }

  @Drill(plan = "target/plans/not-executable/plan.yaml", scenario = SCENARIO)
  static class MayNotExecuteItsScript {
    @Test
    void drill(DrillRun drill) {
      new DhakaCart(drill).run();
    }
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class NeverRuns {
    @Test
    void drill(DrillRun drill) {
      drill.backup("postgres-dump");
    }
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class TakesNoDrill {
    @Test
    void drill() {}
  }

  @Drill(plan = "dhakacart", scenario = SCENARIO)
  static class LeavesStepsOut {
    @Test
    void drill(DrillRun drill) {
      DhakaCart cart = new DhakaCart(drill);
      drill.recover("restore-databse", cart.db::provision).meetsItsObjectives();
    }
  }
}
