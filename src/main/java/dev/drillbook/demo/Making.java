package dev.drillbook.demo;

import dev.drillbook.plan.CronSchedule;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** How the sample is made, from the first file to the last one. */
final class Making {
  private static final String DATABASE = "db";

  private final DemoBackups made;
  private final Instant now;
  private final long seed;
  private final Consumer<String> progress;
  private final Random random;
  private final String key;

  Making(DemoBackups made, Instant now, long seed, Consumer<String> progress) {
    this.made = made;
    this.now = now;
    this.seed = seed;
    this.progress = progress;
    this.random = new Random(seed);
    this.key = Keys.of(random);
  }

  void make(Installations installations) throws IOException, SQLException {
    PlanFolder planFolder = made.planFolder();
    planFolder.write(key);
    DrillPlan plan = planFolder.load(Form.DUMP);
    Nights nights = nights(plan);
    Files.createDirectory(made.escaped());
    // Whoever runs what tries to escape there is to be caught, even if he may do little.
    made.escaped().toFile().setWritable(true, false);
    Path work = Files.createDirectory(made.target().resolve("work"));
    EmbeddedSite site = EmbeddedSite.create(plan, 1, installations);
    try {
      fill(site, work, nights, planFolder);
    } finally {
      site.close();
      site.leftovers().forEach(progress);
    }
    Files.delete(work);
    Files.writeString(made.target().resolve("README.md"), new Guide(nights, seed).text());
    progress.accept("done: read " + made.target().resolve("README.md"));
  }

  private Nights nights(DrillPlan plan) {
    CronSchedule schedule = plan.backup(DemoBackups.POLICY).orElseThrow().schedule().orElseThrow();
    RestoreCheck check = plan.restoreChecks().get(DemoBackups.POLICY);
    return Nights.upTo(now, schedule, check.keep().orElseThrow(), check.zone());
  }

  private void fill(EmbeddedSite site, Path work, Nights nights, PlanFolder planFolder)
      throws IOException, SQLException {
    Postgres db = site.postgres(DATABASE);
    progress.accept("a shop opens, on " + db.describe());
    site.bringUp();
    Shop shop = new Shop(db);
    shop.administer(planFolder.read(PlanFolder.ROLES));
    Dumps dumps = new Dumps(db, work);
    Map<Form, Catalogue> good = good(db, dumps, nights);
    shop.keepSound();
    BadCatalogues bad = new BadCatalogues(good, nights, shop, dumps, made.escaped(), random);
    for (BadBackup kind : BadBackup.values()) {
      progress.accept("bad: " + kind.id() + ", " + kind.wrong());
      bad.make(kind, made.bad(kind));
    }
  }

  private Map<Form, Catalogue> good(Postgres db, Dumps dumps, Nights nights)
      throws IOException, SQLException {
    Map<Form, Catalogue> good = new EnumMap<>(Form.class);
    for (Form form : Form.values()) {
      good.put(form, Catalogue.make(form, made.good(form), now));
    }
    Set<Instant> kept = new HashSet<>(nights.kept());
    List<Instant> all = nights.all();
    progress.accept(
        "good: it trades for %d nights, of which %d backups are kept"
            .formatted(all.size(), kept.size()));
    try (Connection shop = db.connect()) {
      shop.setAutoCommit(false);
      Trade trade = new Trade(seed, shop);
      Instant before = all.get(0).minus(Duration.ofDays(1));
      for (Instant night : all) {
        trade.trade(shop, before, night);
        shop.commit();
        before = night;
        if (kept.contains(night)) {
          backUp(good, dumps, night);
        }
      }
    }
    return good;
  }

  private void backUp(Map<Form, Catalogue> good, Dumps dumps, Instant night) throws IOException {
    Catalogue dump = good.get(Form.DUMP);
    dumps.nightly(dump, night);
    good.get(Form.SQL).put(night, Damage.gzipped(dumps.sql()));
    good.get(Form.TAR).put(night, dumps.tar(night).bytes());
    good.get(Form.ENCRYPTED).put(night, Salted.encrypt(dump.read(night), key, random));
    for (Form form : Form.values()) {
      if (form != Form.DUMP) {
        Catalogue.link(dump.globals(night), good.get(form).globals(night));
      }
    }
  }
}
