package dev.drillbook.site.embedded;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plans of one small store, for tests that need a real process. */
final class StorePlans {
  private StorePlans() {}

  /**
   * @param more further keys of the component, a line each
   */
  static DrillPlan mongo(Path folder, String... more) throws IOException {
    return plan(
        folder,
        """
            kind: mongo
            database: shop
            collections: {orders: {mayBeEmpty: true}}
        """,
        more);
  }

  static DrillPlan objectStore(Path folder, String... more) throws IOException {
    return plan(
        folder,
        """
            kind: object-store
            buckets:
              media: {versioning: true}
              scratch: {}
            users: [shop, backup]
        """,
        more);
  }

  private static DrillPlan plan(Path folder, String component, String... more) throws IOException {
    return PlanLoader.load(
        Files.writeString(
            folder.resolve("plan.yaml"),
            """
            system: tiny
            title: One small store
            components:
              store:
            %s    %s
            backups:
              store-dump:
                component: store
                schedule: "0 * * * *"
                retention: 1d
                location: store
                encryption: none
            scenarios:
              loss:
                title: Loss
                severity: P1
                rto: 1h
                rpo: 2h
                backup: store-dump
                steps:
                  - {id: restore, kind: automated, budget: 1m, restore: true}
            """
                .formatted(component, String.join("\n    ", more))));
  }
}
