package dev.drillbook.site.containers;

import static dev.drillbook.fault.DiskFull.diskFull;
import static dev.drillbook.fault.SkewClock.skewClock;
import static dev.drillbook.fault.Starve.starveOfFiles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drillbook.fault.ActiveFault;
import dev.drillbook.fault.Fault;
import dev.drillbook.fault.Scene;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Site;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.timeline.DrillException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults that reach a server by its number on this machine, or by its disk. */
class FaultsInContainersIT {
  @TempDir Path folder;
  private Site site;
  private Postgres db;

  @BeforeEach
  void make() throws Exception {
    LocalEngine.require();
    Files.writeString(folder.resolve("schema.sql"), "create table t (text text);");
    Path plan =
        Files.writeString(
            folder.resolve("plan.yaml"),
            """
            system: tiny
            title: A database
            components:
              db: {kind: postgres, database: tiny, user: clerk, schema: schema.sql, tables: {t: {mayBeEmpty: true}}}
            scenarios:
              loss:
                title: Loss
                severity: P1
                rto: 1h
                steps:
                  - {id: restore, kind: automated, budget: 1m, restore: true}
            """);
    site =
        new Containers(System.getenv(), true)
            .create(PlanLoader.load(plan), SiteSettings.ofScale(1));
    db = site.postgres("db");
    site.bringUp();
  }

  @AfterEach
  void close() {
    LocalEngine.close(site);
  }

  private ActiveFault inject(Fault fault) throws Exception {
    return fault.inject(Scene.of(site.undoJournal(), 1, 0));
  }

  private void insert(int megabytes) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement()) {
      // Text that does not compress.
      statement.execute(
          "insert into t select string_agg(md5(i::text || random()), '') from generate_series(1, 32768) i, generate_series(1, %d) m group by m"
              .formatted(megabytes));
    }
  }

  @Test
  void aFullDiskIsTheServersAndNobodyElses() throws Exception {
    assumeTrue((int) Files.getAttribute(folder, "unix:uid") == 0, "mounting takes root");
    insert(1);
    ActiveFault full = inject(diskFull(db));
    assertThat(full.bite().bit()).as(full.bite().evidence()).isTrue();
    assertThatThrownBy(() -> insert(64)).isInstanceOf(SQLException.class);
    full.close();
    assertThat(full.bite().bit()).as(full.bite().evidence()).isFalse();
    db.stop();
    db.start();
    insert(1);
  }

  @Test
  void aServerIsShortOfFilesUntilItIsHealed() throws Exception {
    ActiveFault starved = inject(starveOfFiles(db, 6));
    assertThat(starved.bite().bit()).as(starved.bite().evidence()).isTrue();
    assertThatThrownBy(db::connect).isInstanceOf(SQLException.class);
    starved.close();
    assertThat(starved.bite().bit()).as(starved.bite().evidence()).isFalse();
    insert(1);
  }

  @Test
  void aClockCannotBeSkewedAndThatIsSaid() throws Exception {
    assertThatThrownBy(() -> inject(skewClock(db, Duration.ofHours(2))))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("db cannot be given another clock: it is in a container");
    insert(1);
  }
}
