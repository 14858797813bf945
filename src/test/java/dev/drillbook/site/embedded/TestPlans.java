package dev.drillbook.site.embedded;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plan of one small database, for tests that need a real server. */
public final class TestPlans {
  private TestPlans() {}

  /** Loads a plan whose folder is {@code folder}, and whose database {@code schema} creates. */
  public static DrillPlan oneDatabase(Path folder, String schema) throws IOException {
    return oneDatabase(folder, schema, "");
  }

  /** The same, listening on {@code port}. */
  static DrillPlan onPort(Path folder, int port) throws IOException {
    return oneDatabase(folder, "create table t (id bigint primary key);", "port: " + port);
  }

  private static DrillPlan oneDatabase(Path folder, String schema, String port) throws IOException {
    Files.writeString(folder.resolve("schema.sql"), schema);
    return PlanLoader.load(
        Files.writeString(
            folder.resolve("plan.yaml"),
            """
            system: tiny
            title: One small database
            components:
              db:
                kind: postgres
                database: tiny
                user: clerk
                schema: schema.sql
                tables: {t: {mayBeEmpty: true}}
                %s
            backups:
              db-dump:
                component: db
                schedule: "0 * * * *"
                retention: 1d
                location: postgres
                encryption: none
            scenarios:
              loss:
                title: Loss
                severity: P1
                rto: 1h
                rpo: 2h
                backup: db-dump
                steps:
                  - {id: restore, kind: automated, budget: 1m, restore: true}
            """
                .formatted(port)));
  }
}
