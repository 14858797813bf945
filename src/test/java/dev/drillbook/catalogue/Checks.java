package dev.drillbook.catalogue;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.plan.RestoreCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Policies and their checks as a plan has them, and backups that nobody stored. The RPO is 24
 * hours.
 */
record Checks(BackupPolicy policy, RestoreCheck check) {
  static final Duration RPO = Duration.ofHours(24);

  /**
   * @param policy further keys of the policy as a flow map's, e.g. {@code retention: 7d}
   * @param check keys of the check, the same way
   */
  static Checks of(String policy, String check) {
    try {
      Path folder = Files.createTempDirectory("plan");
      Path file = folder.resolve("plan.yaml");
      Path schema = Files.writeString(folder.resolve("schema.sql"), "");
      Files.writeString(
          file,
          """
          system: tiny
          title: One small store
          components:
            store: {kind: postgres, database: shop, user: shop, schema: schema.sql, tables: {orders: {mayBeEmpty: true}}}
          backups:
            dump: {component: store, location: store, encryption: none, %s}
          restoreChecks:
            dump: {%s}
          scenarios:
            loss:
              title: Loss
              severity: P1
              rto: 1h
              rpo: 24h
              backup: dump
              steps:
                - {id: restore, kind: automated, budget: 1m, restore: true}
          """
              .formatted(policy, check));
      DrillPlan plan = PlanLoader.load(file);
      Files.delete(file);
      Files.delete(schema);
      Files.delete(folder);
      return new Checks(plan.backups().get(0), plan.restoreChecks().get("dump"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The check alone, of backups that are kept for a year and taken at any time. */
  static RestoreCheck check(String keys) {
    return of("retention: 365d", keys).check();
  }

  Judgement judge(List<StoredBackup> newestFirst, String now) {
    return new PolicyJudge(policy, check, Optional.of(RPO), Optional.empty())
        .judge(newestFirst, Instant.parse(now));
  }

  static StoredBackup backup(Instant takenAt, long bytes) {
    String name = takenAt.toString();
    return new StoredBackup(
        name,
        takenAt,
        List.of(new StoredFile(name, bytes, takenAt)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        bytes);
  }

  static StoredBackup backup(String takenAt, long bytes) {
    return backup(Instant.parse(takenAt), bytes);
  }
}
