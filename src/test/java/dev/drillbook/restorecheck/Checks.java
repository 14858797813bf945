package dev.drillbook.restorecheck;

import dev.drillbook.plan.PlanLoader;
import dev.drillbook.plan.RestoreCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Restore checks as plans have them. */
final class Checks {
  private Checks() {}

  /** One that allows this much time without a run, and without a success. */
  static RestoreCheck lasting(Duration run, Duration success) {
    try {
      Path folder = Files.createTempDirectory("plan");
      Path schema = Files.writeString(folder.resolve("schema.sql"), "");
      Path plan =
          Files.writeString(
              folder.resolve("plan.yaml"),
              """
              system: shop
              title: A shop
              components:
                db: {kind: postgres, database: shop, user: shop, schema: schema.sql, tables: {orders: {minimumRows: 1}}}
              backups:
                nightly: {component: db, retention: 7d, location: db, encryption: none}
              restoreChecks:
                nightly: {files: "*.dump", lastRun: %dm, lastSuccess: %dm}
              scenarios:
                loss:
                  title: Loss
                  severity: P1
                  rto: 1h
                  notDrilled: an example
                  steps: [{id: restore, kind: automated, budget: 1h, restore: true}]
              """
                  .formatted(run.toMinutes(), success.toMinutes()));
      try {
        return PlanLoader.load(plan).restoreChecks().get("nightly");
      } finally {
        Files.delete(plan);
        Files.delete(schema);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
