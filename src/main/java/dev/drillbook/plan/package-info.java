/**
 * A team's runbook as data: objectives, backup policies, scenarios and their steps, loaded from
 * {@code plan.yaml} and validated as a whole before anything runs.
 *
 * <p>The file, with every key but {@code port}; those with a question mark may be left out:
 *
 * <pre>{@code
 * system: webshop                     # also the Java package of its drills
 * title: A web shop
 * components:                         # by name
 *   db:
 *     kind: postgres                  # postgres, redis or app
 *     database: shop
 *     user: clerk
 *     schema: schema.sql
 *     seed: seed.sql                  # ?
 *     tables:
 *       orders: {minimumRows: 500}    # or mayBeEmpty: true
 *   shop:
 *     kind: app
 *     command: ["{java}", "-cp", "{classpath}", "webshop.Shop"]   # ? if in compose
 *     health: /health
 *     needs: [db]                     # ?
 * backups:                            # ? by id
 *   nightly-dump:
 *     component: db
 *     script: backup.sh               # ? in scripts/, executable
 *     kind: full                      # ? or incremental, wal
 *     schedule: "0 2 * * *"           # ? cron
 *     timeZone: UTC                   # ?
 *     takes: 10m                      # ?
 *     retention: 14d
 *     location: postgres
 *     encryption: none
 *     asWritten: {schedule: "0 2 * * 1-5", reason: Weekends lose three days.}   # ?
 *   log: {component: db, kind: wal, basedOn: nightly-dump, retention: 2d, location: wal, encryption: none}
 * recoveryPoints:                     # ?
 *   - {component: db, reachingBack: 12d, every: 1d}
 * images: {db: "postgres:17", toolbox: "acme/dr-tools:4"}   # ? on a site of containers
 * compose: {file: docker-compose.yml, services: {shop: backend}}   # ? component: service
 * production: {size: 120GB}           # ? or GiB
 * scenarios:                          # by id
 *   database-loss:
 *     title: The database is lost
 *     severity: P0                    # P0 to P3
 *     rto: 45m
 *     rpo: 25h                        # ?
 *     backup: nightly-dump            # ?
 *     detectedWithin: 3d              # ?
 *     notDrilled: no script yet       # ? where there is no drill
 *     steps:
 *       - {id: assess, kind: manual, budget: 2m, declared: 2m, title: Assess it}   # title: ?
 *       - {id: restore-database, kind: automated, budget: 15m, restore: true}
 * }</pre>
 *
 * <p>Any mapping may hold {@code asWritten}: see {@link dev.drillbook.plan.PlanLoader}.
 */
package dev.drillbook.plan;
