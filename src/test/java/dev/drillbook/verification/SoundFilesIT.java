package dev.drillbook.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.timeline.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundFilesIT {
  private static final int PAGE_BYTES = 8192;

  @TempDir Path folder;

  private static CheckResult look(Postgres database) {
    return Examiner.examine(
            List.of(new SoundFiles(database, true)), Evidence.withoutClients(List.of(), List.of()))
        .get(0);
  }

  private static String fileOf(Postgres database, String relation) throws Exception {
    try (Connection admin = database.administer("shop");
        Statement statement = admin.createStatement()) {
      statement.execute("checkpoint");
      try (ResultSet row =
          statement.executeQuery("select pg_relation_filepath('" + relation + "')")) {
        row.next();
        return row.getString(1);
      }
    }
  }

  @Test
  void damageOfTablesAndIndexesIsSeen() throws Exception {
    Files.writeString(
        folder.resolve("schema.sql"),
        "create table notes (id int primary key, body text); insert into notes select i, 'note ' || i from generate_series(1, 2000) i;");
    DrillPlan plan =
        PlanLoader.load(
            Files.writeString(
                folder.resolve("plan.yaml"),
                """
                system: tiny
                title: One table
                components:
                  db: {kind: postgres, database: shop, user: clerk, schema: schema.sql, tables: {notes: {minimumRows: 1}}}
                scenarios:
                  loss:
                    title: Loss
                    severity: P1
                    rto: 1h
                    notDrilled: an example
                    steps: [{id: restore, kind: automated, budget: 1h, restore: true}]
                """));
    try (EmbeddedSite site =
        EmbeddedSite.create(
            plan,
            SiteSettings.ofScale(1),
            Installations.ofThisMachine(System.getenv(), said -> {}))) {
      Postgres db = site.postgres("db");
      site.bringUp();
      CheckResult sound = look(db);
      assertThat(sound.findings()).isEmpty();
      assertThat(sound.verdict()).isEqualTo(Verdict.PASS);

      // A row's pointer in the second page of the table, to where no row begins.
      String table = fileOf(db, "notes");
      String index = fileOf(db, "notes_pkey");
      db.stop();
      byte[] pointer = db.files().read(table, PAGE_BYTES + 24, 4);
      db.files()
          .write(
              table, PAGE_BYTES + 24, new byte[] {pointer[0], (byte) 0xff, pointer[2], pointer[3]});
      // The keys of an index page, the other way round.
      byte[] first = db.files().read(index, PAGE_BYTES + 24, 4);
      byte[] second = db.files().read(index, PAGE_BYTES + 32, 4);
      db.files().write(index, PAGE_BYTES + 24, second);
      db.files().write(index, PAGE_BYTES + 32, first);
      db.start();

      CheckResult damaged = look(db);
      assertThat(damaged.verdict()).isEqualTo(Verdict.FAIL);
      assertThat(damaged.findings())
          .extracting(finding -> finding.expected())
          .anyMatch(expected -> expected.contains("every page of public.notes"))
          .anyMatch(expected -> expected.contains("notes_pkey agrees with its table"));
    }
  }
}
