package dev.drillbook.drills;

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

import dev.drillbook.fault.Fault;
import dev.drillbook.run.DrillRun;
import dev.drillbook.site.Action;
import dev.drillbook.site.App;
import dev.drillbook.site.Command;
import dev.drillbook.site.Postgres;
import dev.drillbook.verification.Check;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * The drill of DhakaCart's complete database loss, taken apart so that a fixture can do one part of
 * it wrong.
 */
final class DhakaCart {
  private static final Duration WINDOW = Duration.ofMillis(500);

  final DrillRun drill;
  final Postgres db;
  final App shop;
  private Action[] restore;
  private Action[] check;
  private Action[] restart;
  private Action[] test;
  private Fault[] disaster;
  private Check[] checks;

  DhakaCart(DrillRun drill) {
    this.drill = drill;
    this.db = drill.postgres("db");
    this.shop = drill.app("shop");
    this.restore = new Action[] {db::provision, db.script("restore-postgres.sh")};
    this.check = new Action[] {db.script("verify-data.sh")};
    this.restart = new Action[] {shop::start};
    this.test = new Action[] {shop.script("test-application.sh")};
    this.disaster = new Fault[] {kill(db), destroyData(db)};
    this.checks =
        new Check[] {
          rowCounts(),
          fingerprints(),
          schemaObjects(),
          foreignKeys(),
          sequences(),
          health(shop),
          servesWrites()
        };
    drill.windows(WINDOW, WINDOW);
  }

  /** These in place of all that such a drill should have. */
  DhakaCart verify(Check... instead) {
    checks = instead;
    return this;
  }

  DhakaCart disaster(Fault... faults) {
    disaster = faults;
    return this;
  }

  DhakaCart restore(Action... actions) {
    restore = actions;
    return this;
  }

  /**
   * Real success, but of a program that does nothing, in place of the runbook's own checks and
   * restart.
   */
  DhakaCart withoutTheRunbooksOwnChecks() {
    check = new Action[] {nothing()};
    test = new Action[] {nothing()};
    return this;
  }

  /**
   * For a service that is not going to come back, or a disaster that is not going to be noticed.
   */
  DhakaCart impatient() {
    drill.patience(Duration.ofSeconds(3));
    return this;
  }

  /** The runbook's own check, then one statement that nobody asked for. */
  DhakaCart checkAndThen(String statement) {
    check = new Action[] {db.script("verify-data.sh"), () -> execute(statement)};
    return this;
  }

  DhakaCart restart(Action... actions) {
    restart = actions;
    return this;
  }

  void run() {
    drill
        .workload(orders(shop, db))
        .backup("postgres-dump")
        .disaster(disaster)
        .recover("stop-application", shop::stop)
        .recover("identify-latest-backup", db.script("latest-backup.sh"))
        .recover("restore-database", restore)
        .recover("verify-data-integrity", check)
        .recover("restart-application", restart)
        .recover("test-application", test)
        .verify(checks)
        .meetsItsObjectives();
  }

  /** The team's restore, then one statement that nobody asked for. */
  DhakaCart restoreAndThen(String statement) {
    return restore(db::provision, db.script("restore-postgres.sh"), () -> execute(statement));
  }

  void execute(String statement) throws SQLException {
    try (Connection connection = db.connect();
        Statement jdbc = connection.createStatement()) {
      jdbc.execute(statement);
    }
  }

  /** A shell command with the team's scripts' environment. */
  Command shell(String label, String command) {
    Command like = db.script("restore-postgres.sh");
    return new Command(
        label,
        List.of("bash", "-c", "set -euo pipefail; " + command),
        like.environment(),
        like.folder(),
        like.secrets(),
        like.launcher());
  }

  private Command nothing() {
    return shell("nothing", "true");
  }
}
