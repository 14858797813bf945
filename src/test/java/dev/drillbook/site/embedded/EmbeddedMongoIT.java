package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Indexes;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.site.Mongo;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMongoIT {
  @TempDir Path planFolder;
  private EmbeddedSite site;

  @AfterEach
  void close() {
    if (site != null) {
      site.close();
      assertThat(site.leftovers()).isEmpty();
    }
  }

  @Test
  void aServerLivesThroughWhatADrillDoesToIt() throws Exception {
    Mongo store = create(StorePlans.mongo(planFolder));
    assertThatThrownBy(store::start)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("store has no data")
        .hasMessageContaining("provision a new store first");
    assertThatThrownBy(store::kill).hasMessageContaining("store cannot be killed");

    site.bringUp();
    assertThat(store.describe()).startsWith("store: ").contains("MongoDB");
    assertThat(store.database()).isEqualTo("shop");
    insert(store, 1);
    store.start();
    assertThat(count(store)).as("a start of what runs does nothing").isEqualTo(1);

    store.stop();
    store.stop();
    assertThatThrownBy(() -> insert(store, 2)).isInstanceOf(MongoException.class);
    store.start();
    assertThat(count(store)).as("a stop in good order keeps the data").isEqualTo(1);

    store.kill();
    store.destroyData();
    assertThatThrownBy(store::start).hasMessageContaining("is missing or empty");
    store.provision();
    assertThat(count(store)).as("a new server is empty").isZero();
    insert(store, 3);
    store.provision();
    assertThat(count(store)).as("what runs can be replaced, too").isZero();
  }

  @Test
  void aPausedServerKeepsItsConnectionsAndAnswersNothing() throws Exception {
    Mongo store = create(StorePlans.mongo(planFolder));
    site.bringUp();
    insert(store, 1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (MongoClient client = store.connect()) {
      assertThat(orders(client).countDocuments()).isOne();
      store.pause();
      Future<Long> answer = thread.submit(() -> orders(client).countDocuments());
      Thread.sleep(200);
      assertThat(answer.isDone()).isFalse();
      store.resume();
      assertThat(answer.get()).isOne();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void whatWasRenamedOrDroppedStaysSoOverAKill() throws Exception {
    Mongo store = create(StorePlans.mongo(planFolder));
    site.bringUp();
    try (MongoClient client = store.connect()) {
      client.getDatabase("shop_copy").getCollection("orders").insertOne(new Document("_id", 7));
      client.getDatabase("shop").getCollection("orders").insertOne(new Document("_id", 1));
      client.getDatabase("shop").drop();
      MongoCollection<Document> fresh = client.getDatabase("shop").getCollection("fresh");
      fresh.createIndex(Indexes.ascending("number"));
      fresh.insertMany(List.of(new Document("_id", 2), new Document("_id", 3)));
      fresh.aggregate(List.of(Aggregates.out("copied"))).toCollection();
      fresh.renameCollection(new com.mongodb.MongoNamespace("shop", "renamed"));
    }
    store.kill();
    store.start();
    try (MongoClient client = store.connect()) {
      assertThat(client.getDatabase("shop").listCollectionNames())
          .containsExactlyInAnyOrder("renamed", "copied");
      for (String name : List.of("renamed", "copied")) {
        MongoCollection<Document> collection = client.getDatabase("shop").getCollection(name);
        assertThat(collection.find(new Document("_id", 3))).as(name).hasSize(1);
        assertThat(collection.countDocuments()).as(name).isEqualTo(2);
      }
      assertThat(client.getDatabase("shop").getCollection("renamed").listIndexes()).hasSize(2);
      assertThat(client.getDatabase("shop_copy").getCollection("orders").find())
          .as("another database, whose name begins alike")
          .hasSize(1);
    }
  }

  @Test
  void aScriptIsToldOfThisServerAndOfNoneOfTheOperators() throws Exception {
    DrillPlan plan = StorePlans.mongo(planFolder);
    FakePrograms.script(
        planFolder.resolve("scripts"),
        "tell.sh",
        "echo $MONGO_URI $MONGO_DATABASE; test -d \"$BACKUP_DIR\" && echo there;"
            + " env | grep -c ^MONGODB_URI");
    Map<String, String> operator = new HashMap<>(System.getenv());
    operator.put("MONGODB_URI", "mongodb://production/");
    site = EmbeddedSite.create(plan, 1, programs(), operator);
    Mongo store = site.mongo("store");
    site.bringUp();

    Transcript transcript = new Transcript(site.secrets());
    assertThatThrownBy(() -> store.script("tell.sh").perform(transcript, Duration.ofMinutes(1)))
        .hasMessageContaining("exit code 1");
    assertThat(transcript.tail(3))
        .containsExactly(
            "mongodb://127.0.0.1:%d/shop?w=1&journal=true shop"
                .formatted(((EmbeddedMongo) store).port),
            "there",
            "0");
  }

  @Test
  void theSeedFillsItOnce() throws Exception {
    FakePrograms.script(
        planFolder, "fill.sh", "test \"$STORE_DATABASE\" = shop && echo $STORE_URL $SCALE > told");
    site =
        EmbeddedSite.create(
            StorePlans.mongo(planFolder, "seed: [" + planFolder.resolve("fill.sh") + "]"),
            2,
            programs());
    site.mongo("store");
    site.bringUp();
    assertThat(planFolder.resolve("told")).content().startsWith("mongodb://").endsWith(" 2\n");
  }

  @Test
  void aSeedThatFailsStopsTheDrill() throws Exception {
    FakePrograms.script(planFolder, "fill.sh", "echo no such file >&2; exit 3");
    site =
        EmbeddedSite.create(
            StorePlans.mongo(planFolder, "seed: [" + planFolder.resolve("fill.sh") + "]"),
            1,
            programs());
    site.mongo("store");
    assertThatThrownBy(site::bringUp)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("the seed of store failed with exit code 3")
        .hasMessageContaining("no such file");
  }

  @Test
  void aPortThatIsTakenIsAClearError() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      create(StorePlans.mongo(planFolder, "port: " + other.getLocalPort()));
      assertThatThrownBy(site::bringUp)
          .isInstanceOf(DrillException.class)
          .hasMessageContaining("by clients on 127.0.0.1:" + other.getLocalPort())
          .hasMessageContaining("another process has the port");
    }
  }

  @Test
  void aServerThatEndsAtOnceIsReportedWithItsLog() throws Exception {
    Path bin = planFolder.resolve("bin");
    FakePrograms.script(
        bin,
        "mongod",
        "test \"$1\" = --version && echo 'db version v7.0.14' && exit; echo cannot lock >&2; exit 48");
    Map<String, String> operator = new HashMap<>(System.getenv());
    operator.merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
    site =
        EmbeddedSite.create(
            StorePlans.mongo(planFolder), 1, Installations.ofThisMachine(operator, s -> {}));
    Mongo store = site.mongo("store");
    assertThat(store.describe()).isEqualTo("store: MongoDB 7.0.14 from " + bin);
    assertThatThrownBy(store::provision)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("ended with exit code 48")
        .hasMessageContaining("cannot lock");
  }

  private static Installations programs() {
    return Installations.ofThisMachine(System.getenv(), said -> {});
  }

  private Mongo create(DrillPlan plan) {
    site = EmbeddedSite.create(plan, 1, programs());
    return site.mongo("store");
  }

  private static MongoCollection<Document> orders(MongoClient client) {
    return client.getDatabase("shop").getCollection("orders");
  }

  private static void insert(Mongo store, int id) {
    try (MongoClient client = store.connect()) {
      orders(client).insertOne(new Document("_id", id));
    }
  }

  private static long count(Mongo store) {
    try (MongoClient client = store.connect()) {
      return orders(client).countDocuments();
    }
  }
}
