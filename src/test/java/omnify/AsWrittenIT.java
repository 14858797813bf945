package omnify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.App;
import dev.drillbook.site.Command;
import dev.drillbook.site.Mongo;
import dev.drillbook.site.ServiceAddress;
import dev.drillbook.site.Transcript;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.timeline.DrillException;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * OmniFy's runbook as it is written, run against a real server: what really happens. Only hosts,
 * names and folders are other ones, and the lines that start and stop containers are left out. The
 * numbers are those of drills/FINDINGS-omnify.md.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AsWrittenIT {
  private static final Path PLAN = Path.of("drills/omnify/plan.yaml");

  /** The full restore; RESTORE stands for /tmp/restore. */
  private static final String FULL_RESTORE =
      """
      tar -xzf "$BACKUP_FILE" -C $RESTORE
      mongorestore --uri="$MONGO_URL" \\
        --db="$DB_NAME" \\
        --drop \\
        $RESTORE/
      echo the application starts
      """;

  private Path temp;
  private EmbeddedSite site;
  private Mongo mongo;
  private MongoClient client;
  private MongoDatabase database;
  private Path dumped;
  private Path backups;
  private Path restore;

  /** What a command left behind. */
  private record Outcome(int exit, String text) {}

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    temp = folder;
    site = site(0.2);
    mongo = site.mongo("mongo");
    site.bringUp();
    client = mongo.connect();
    database = client.getDatabase(mongo.database());
    backups = Files.createDirectory(temp.resolve("dumped"));
    restore = temp;
    dumped = backups.resolve("backup-2025-01-31");
    assertThat(run("mongodump --uri=\"$MONGO_URI\" --out=$BACKUPS/backup-2025-01-31").exit())
        .isZero();
  }

  private static EmbeddedSite site(double scale) {
    return EmbeddedSite.create(
        PlanLoader.load(PLAN), scale, Installations.ofThisMachine(System.getenv(), said -> {}));
  }

  private static int health(URI address) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout(5_000);
    connection.setReadTimeout(5_000);
    return connection.getResponseCode();
  }

  @AfterAll
  void stop() {
    if (client != null) {
      client.close();
    }
    site.close();
  }

  @BeforeEach
  void aSoundDatabaseAndItsBackup() throws Exception {
    mongo.start();
    for (String name : client.listDatabaseNames()) {
      client.getDatabase(name).drop();
    }
    Seed.fill(database, 0.2);
    backups = Files.createTempDirectory(temp, "backups");
    restore = Files.createTempDirectory(temp, "restore");
    assertThat(run("cp -r " + dumped + " $BACKUPS").exit()).isZero();
  }

  /** OF-1. */
  @Test
  void aDumpADayLosesADay() {
    DrillPlan plan = PlanLoader.loadAsWritten(PLAN);

    assertThat(plan.backup("mongo-dump").orElseThrow().schedule().orElseThrow().longestGap())
        .isEqualTo(Duration.ofHours(24))
        .isGreaterThan(plan.scenario("database-corruption").orElseThrow().rpo().orElseThrow());
  }

  /** OF-2, for an archive of what mongodump writes: a folder for each database. */
  @Test
  void theFullRestoreLooksOneFolderTooHighAndRestoresNothing() throws Exception {
    pack("-C $BACKUPS/backup-2025-01-31 omnify_cloud");
    damageCampaigns();

    Outcome outcome = run(FULL_RESTORE);

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.text())
        .contains("don't know what to do with", "omnify_cloud", "0 document(s) restored");
    assertThat(damagedCampaigns()).as("all are as damaged as before").isEqualTo(120);
  }

  /** OF-2, for an archive of the folder of that day. */
  @Test
  void norDoesItFindAnythingInAFolderOfTheDay() throws Exception {
    pack("-C $BACKUPS backup-2025-01-31");
    damageCampaigns();

    Outcome outcome = run(FULL_RESTORE);

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.text()).contains("0 document(s) restored");
    assertThat(damagedCampaigns()).isEqualTo(120);
  }

  /** No finding: packed in this one way, the same commands do what they are for. */
  @Test
  void theFullRestoreWorksForAnArchiveOfTheBareFiles() throws Exception {
    pack("-C $BACKUPS/backup-2025-01-31/omnify_cloud .");
    damageCampaigns();

    Outcome outcome = run(FULL_RESTORE);

    assertThat(outcome.exit()).isZero();
    assertThat(damagedCampaigns()).isZero();
    assertThat(database.getCollection("campaigns").listIndexes()).hasSize(3);
  }

  /** OF-3. */
  @Test
  void onAMachineWithoutTheFolderToUnpackIntoTheRestoreFailsAndTheScriptSucceeds()
      throws Exception {
    pack("-C $BACKUPS/backup-2025-01-31/omnify_cloud .");
    damageCampaigns();
    Files.delete(restore);

    Outcome outcome = run(FULL_RESTORE);

    assertThat(outcome.text())
        .contains("Cannot open: No such file or directory", "mongorestore target")
        .endsWith("the application starts\n");
    assertThat(outcome.exit()).as("no command's failure stops it").isZero();
    assertThat(damagedCampaigns()).isEqualTo(120);
  }

  /** OF-4. */
  @Test
  void whatTheLastRestoreLeftInTheFolderIsRestoredToo() throws Exception {
    database.getCollection("leads").insertOne(new Document("email", "erased@example.com"));
    pack("-C $BACKUPS/older/omnify_cloud .", "mongodump --uri=\"$MONGO_URI\" --out=$BACKUPS/older");
    assertThat(run(FULL_RESTORE).exit()).isZero();
    database.getCollection("leads").drop();
    pack("-C $BACKUPS/newer/omnify_cloud .", "mongodump --uri=\"$MONGO_URI\" --out=$BACKUPS/newer");

    Outcome outcome = run(FULL_RESTORE);

    assertThat(outcome.exit()).isZero();
    assertThat(database.getCollection("leads").countDocuments())
        .as("a collection that was dropped before the backup was taken")
        .isOne();
  }

  /** OF-5. */
  @Test
  void theCollectionGoesIntoADatabaseThatNobodyReads() throws Exception {
    database.getCollection("campaigns").deleteMany(Filters.eq("status", "ended"));

    Outcome outcome =
        run(
            """
            mongorestore --uri="$MONGO_URL" --db=omnify --collection=campaigns \\
              $BACKUPS/backup-2025-01-31/omnify_cloud/campaigns.bson
            """);

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.text()).contains("120 document(s) restored successfully");
    assertThat(client.getDatabase("omnify").getCollection("campaigns").countDocuments())
        .isEqualTo(120);
    assertThat(database.getCollection("campaigns").countDocuments())
        .as("what the application reads")
        .isEqualTo(90);
  }

  /** OF-6. */
  @Test
  void withoutDropDamagedDocumentsStayDamaged() throws Exception {
    damageCampaigns();

    Outcome outcome = run(partialRestore("omnify_cloud/campaigns.bson"));

    assertThat(outcome.text())
        .contains("E11000", "0 document(s) restored successfully", "120 document(s) failed");
    assertThat(damagedCampaigns()).isEqualTo(120);
  }

  /** No finding: deleted documents do come back, beside those that are still there. */
  @Test
  void withoutDropDeletedDocumentsComeBackAndNewerOnesStay() throws Exception {
    database.getCollection("campaigns").deleteMany(Filters.eq("status", "ended"));
    database.getCollection("campaigns").insertOne(campaign("newer"));

    run(partialRestore("omnify_cloud/campaigns.bson"));

    assertThat(database.getCollection("campaigns").countDocuments()).isEqualTo(121);
  }

  /**
   * OF-7: the backups are archives, and in mongodump's folder there is one more for the database.
   */
  @Test
  void thereIsNoSuchFileAsTheOneThatACollectionIsRestoredFrom() throws Exception {
    Outcome outcome = run(partialRestore("campaigns.bson"));

    assertThat(outcome.exit()).isNotZero();
    assertThat(outcome.text()).contains("mongorestore target", "invalid");
  }

  /** OF-8. */
  @Test
  void nobodyIsLedToTheNewSystem() {
    try (EmbeddedSite both = site(0.05)) {
      App old = both.app("server");
      App fresh = both.app("server-2");
      ServiceAddress www = both.address("www");
      both.bringUp();
      Mongo newMongo = both.mongo("mongo-2");
      try (MongoClient there = newMongo.connect()) {
        Seed.fill(there.getDatabase(newMongo.database()), 0.05);
      }
      URI users = www.url().resolve("/health");

      old.kill();
      both.mongo("mongo").kill();

      assertThat(health(fresh.health())).as("all that the runbook verifies").isEqualTo(200);
      assertThatThrownBy(() -> health(users)).isInstanceOf(IOException.class);
      www.pointTo(fresh);
      assertThat(health(users)).as("with the step that it lacks").isEqualTo(200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** OF-9. */
  @Test
  void aDumpWhileClientsWriteHoldsEntriesWithoutTheirCampaigns() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger written = new AtomicInteger();
    Thread writer = new Thread(() -> writePairs(over, written), "writer");
    Map<String, String> slow =
        Map.of(
            "MONGO_URI",
            "mongodb://127.0.0.1:" + mongo.clientAddress().getPort() + "/omnify_cloud?w=1");
    writer.start();
    // Each answer comes late, so that there is time between one collection and the next.
    var latency = mongo.link().toxics().latency("late", ToxicDirection.DOWNSTREAM, 150);
    try {
      assertThat(run("mongodump --uri=\"$MONGO_URI\" --out=$BACKUPS/hot", slow).exit()).isZero();
    } finally {
      latency.remove();
      over.set(true);
      writer.join();
    }
    damageCampaigns();
    database.drop();
    assertThat(
            run("mongorestore --uri=\"$MONGO_URL\" --db=omnify_cloud $BACKUPS/hot/omnify_cloud")
                .exit())
        .isZero();

    long campaigns = database.getCollection("campaigns").countDocuments();
    long entries = database.getCollection("audit").countDocuments();
    assertThat(written.get()).isPositive();
    assertThat(entries)
        .as("each campaign had one entry at every moment but the one between the two writes")
        .isNotEqualTo(campaigns);
  }

  /** OF-9, corrected: the team's script dumps what refers before what it refers to. */
  @Test
  void theCorrectedDumpHoldsNoEntryWithoutItsCampaign() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger written = new AtomicInteger();
    Thread writer = new Thread(() -> writePairs(over, written), "writer");
    writer.start();
    try {
      mongo.script("backup-mongodb.sh").perform();
    } finally {
      over.set(true);
      writer.join();
    }
    damageCampaigns();
    mongo.script("restore-mongodb.sh").perform();

    assertThat(ConsistencyEndpoint.wrong(database)).isEmpty();
    assertThat(written.get()).isPositive();
  }

  /** OF-10. */
  @Test
  void theChecksLookAtTheDatabaseTest() throws Exception {
    Outcome asWritten =
        run("mongosh --port $PORT --quiet --eval \"db.campaigns.countDocuments()\"");
    Outcome corrected =
        run("mongosh \"$MONGO_URI\" --quiet --eval \"db.campaigns.countDocuments()\"");

    assertThat(asWritten.exit()).isZero();
    assertThat(asWritten.text().strip()).isEqualTo("0");
    assertThat(corrected.text().strip()).isEqualTo("120");
  }

  /** OF-11. */
  @Test
  void validateFindsNoDamageInTheData() {
    damageCampaigns();

    Document validated = database.runCommand(new Document("validate", "campaigns"));

    assertThat(validated.getBoolean("valid")).isTrue();
    assertThat(ConsistencyEndpoint.wrong(database)).containsEntry("campaignsWithoutBudget", 120);
  }

  /** OF-12: "all services" are stopped before the restore, and one of them is the database. */
  @Test
  void withAllServicesStoppedThereIsNothingToRestoreInto() throws Exception {
    pack("-C $BACKUPS/backup-2025-01-31/omnify_cloud .");
    mongo.stop();

    Outcome outcome = run(FULL_RESTORE);

    assertThat(outcome.text()).contains("Connection refused").endsWith("the application starts\n");
    assertThat(outcome.exit()).isZero();
  }

  private void writePairs(AtomicBoolean over, AtomicInteger written) {
    try (MongoClient own = mongo.connect()) {
      MongoDatabase to = own.getDatabase(mongo.database());
      while (!over.get()) {
        String ref = "live-" + written.incrementAndGet();
        to.getCollection("campaigns").insertOne(campaign(ref));
        to.getCollection("audit")
            .insertOne(new Document("_id", ref + "#1").append("campaign", ref));
      }
    }
  }

  private static Document campaign(String ref) {
    return new Document("_id", ref)
        .append("owner", 1)
        .append("status", "draft")
        .append("budgetCents", 100L)
        .append("version", 1)
        .append("createdAt", Instant.now());
  }

  private void damageCampaigns() {
    database.getCollection("campaigns").updateMany(new Document(), Updates.set("budgetCents", -1L));
  }

  private long damagedCampaigns() {
    return database.getCollection("campaigns").countDocuments(Filters.eq("budgetCents", -1L));
  }

  private static String partialRestore(String file) {
    return """
        mongorestore --uri="$MONGO_URL" --db="$DB_NAME" --collection="campaigns" \\
          $BACKUPS/backup-2025-01-31/%s
        """
        .formatted(file);
  }

  /** Packs what tar is told to into the archive that is restored from. */
  private void pack(String what, String... before) throws Exception {
    String commands = String.join("\n", before) + "\ntar -czf \"$BACKUP_FILE\" " + what;
    assertThat(run("set -e\n" + commands).exit()).isZero();
  }

  private Outcome run(String commands) throws Exception {
    return run(commands, Map.of());
  }

  /** Runs commands as the team's scripts are run, but for errors, which stop nothing. */
  private Outcome run(String commands, Map<String, String> more) throws Exception {
    Command like = mongo.script("backup-mongodb.sh");
    Map<String, String> environment = new HashMap<>(like.environment().get());
    environment.put("MONGO_URL", "mongodb://127.0.0.1:" + mongo.directAddress().getPort());
    environment.put("PORT", String.valueOf(mongo.directAddress().getPort()));
    environment.put("DB_NAME", "omnify_cloud");
    environment.put("BACKUPS", backups.toString());
    environment.put("BACKUP_FILE", backups.resolve("backup-2025-01-31.tar.gz").toString());
    environment.put("RESTORE", restore.toString());
    environment.putAll(more);
    Transcript transcript = new Transcript(java.util.Set.of());
    int exit = 0;
    try {
      new Command(
              "as written",
              List.of("bash", "-c", commands),
              () -> environment,
              like.folder(),
              like.secrets(),
              like.launcher())
          .perform(transcript, Duration.ofMinutes(1));
    } catch (DrillException failed) {
      assertThat(failed).hasMessageContaining("failed with exit code");
      exit = 1;
    }
    return new Outcome(exit, words(transcript));
  }

  private static String words(Transcript transcript) {
    StringBuilder words = new StringBuilder();
    transcript.lines().stream()
        .filter(line -> line.stream() != Transcript.Stream.COMMAND)
        .forEach(line -> words.append(line.text()).append('\n'));
    return words.toString();
  }
}
