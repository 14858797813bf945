package dev.drillbook.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder with a valid plan and the files it names, for tests to break. */
final class PlanFolder {
  static final String VALID =
      """
      system: webshop
      title: A web shop
      components:
        db:
          kind: postgres
          database: shop
          user: clerk
          schema: schema.sql
          seed: seed.sql
          tables:
            orders: {minimumRows: 10}
            notes: {mayBeEmpty: true}
        cache:
          kind: redis
          port: 6390
        shop:
          kind: app
          command: ["{java}", "-jar", "shop.jar"]
          health: /health
          needs: [db, cache]
        audit:
          kind: app
          command: bin/audit --quiet
          health: /
      backups:
        db-dump:
          component: db
          script: dump.sh
          schedule: "0 */12 * * *"
          retention: 14d
          location: postgres
          encryption: none
      scenarios:
        database-loss:
          title: The database is lost
          severity: P0
          rto: 45m
          rpo: 24h
          backup: db-dump
          steps:
            - id: look-around
              kind: manual
              budget: 2m
              declared: 90s
            - id: restore-database
              title: Restore it
              kind: automated
              budget: 15m
              restore: true
        power-cut:
          title: No power
          severity: P2
          rto: 4h
          notDrilled: nobody may cut it
          steps:
            - {id: call-electrician, kind: manual, budget: 3h, declared: 3h}
      """;

  private final Path folder;

  private PlanFolder(Path folder) {
    this.folder = folder;
  }

  /** Fills {@code folder} with the files that the valid plan names. */
  static PlanFolder in(Path folder) {
    PlanFolder plan = new PlanFolder(folder);
    plan.write("schema.sql", "create table orders ();");
    plan.write("seed.sql", "");
    plan.write("scripts/dump.sh", "#!/bin/sh\n");
    plan.write("scripts/locked.sh", "#!/bin/sh\n");
    if (!folder.resolve("scripts/dump.sh").toFile().setExecutable(true)) {
      throw new IllegalStateException("the file system knows no execute permission");
    }
    return plan;
  }

  /** Writes the plan and returns its file. */
  Path plan(String text) {
    return write("plan.yaml", text);
  }

  DrillPlan load(String text) {
    return PlanLoader.load(plan(text));
  }

  /** The problems of {@code text}; empty where it is a valid plan. */
  List<Problem> problems(String text) {
    try {
      load(text);
      return List.of();
    } catch (PlanException e) {
      return e.problems();
    }
  }

  private Path write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
