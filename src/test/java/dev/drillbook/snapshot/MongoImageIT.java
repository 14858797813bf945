package dev.drillbook.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import dev.drillbook.site.Mongo;
import dev.drillbook.timeline.DrillException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Images of a MongoDB, or of what plays it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MongoImageIT {
  private StoreSite site;
  private Mongo store;
  private MongoClient client;
  private MongoDatabase shop;
  private MongoCollection<Document> orders;

  @BeforeAll
  void bringUp(@TempDir Path folder) throws Exception {
    site = new StoreSite(folder);
    store = site.documents();
    site.bringUp();
    connect();
  }

  private void connect() {
    client = store.connect();
    shop = client.getDatabase(store.database());
    orders = shop.getCollection("orders");
  }

  @AfterAll
  void close() {
    client.close();
    site.close();
  }

  @BeforeEach
  void fill() {
    shop.drop();
    orders.createIndex(Indexes.ascending("ref"), new IndexOptions().name("ref").unique(true));
    List<Document> documents = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      documents.add(order(i));
    }
    orders.insertMany(documents);
  }

  private static Document order(int number) {
    return new Document("_id", new ObjectId(1_700_000_000, number))
        .append("ref", "order-" + number)
        .append("amount", number)
        .append("lines", List.of("a", "b", number))
        .append("at", Instant.ofEpochMilli(1_700_000_000_000L + number))
        .append("price", new Decimal128(number))
        .append("address", new Document("city", "Dhaka").append("zip", 1200L + number))
        .append("raw", new byte[] {1, 2, (byte) number});
  }

  private GroupChanges changesSince(StoreImage before) {
    StoreImage after = StoreImages.read(store);
    return GroupChanges.between(
        before.kind(), before.groups().get("orders"), after.groups().get("orders"));
  }

  /** An update would be passed over by a server that takes no notice of the order of fields. */
  private void replace(int number, Document document) {
    orders.deleteOne(new Document("_id", order(number).get("_id")));
    orders.insertOne(document);
  }

  @Test
  void theSameDocumentsAreTheSameImageWhateverTheirOrder() {
    StoreImage before = StoreImages.read(store);
    assertThat(before.groups().keySet()).containsExactly("orders");
    assertThat(before.count()).isEqualTo(40);
    List<Document> documents = orders.find().into(new ArrayList<>());
    java.util.Collections.shuffle(documents, new Random(1));
    orders.deleteMany(new Document());
    orders.insertMany(documents);
    StoreImage after = StoreImages.read(store);
    assertThat(changesSince(before).same()).isTrue();
    assertThat(after.groups().get("orders").lasting())
        .isEqualTo(before.groups().get("orders").lasting());
    assertThat(after.definitions()).isEqualTo(before.definitions());
  }

  @Test
  void aMissingAnExtraAndAChangedDocumentAreNamedByTheirIds() {
    StoreImage before = StoreImages.read(store);
    orders.deleteOne(new Document("ref", "order-1"));
    orders.updateOne(new Document("ref", "order-2"), new Document("$set", new Document("x", 1)));
    orders.insertOne(new Document("_id", "new").append("ref", "new"));
    orders.insertOne(new Document("_id", 7L).append("ref", "long"));
    GroupChanges changes = changesSince(before);
    assertThat(changes.same()).isFalse();
    assertThat(changes.examples())
        .containsExactly(
            "document ObjectId(" + order(1).getObjectId("_id") + ") is missing",
            "document ObjectId(" + order(2).getObjectId("_id") + ") differs",
            "document \"new\" was not there before",
            "document {\"$numberLong\": \"7\"} was not there before");
  }

  @Test
  void theOrderOfFieldsTheTypeOfNumbersTheOrderOfListsAndEveryBitCount() {
    StoreImage before = StoreImages.read(store);
    Document swapped = new Document("_id", order(3).get("_id"));
    swapped.append("amount", 3).append("ref", "order-3");
    order(3).forEach(swapped::putIfAbsent);
    replace(3, swapped);
    replace(4, order(4).append("amount", 4L));
    replace(5, order(5).append("amount", 5.0));
    replace(6, order(6).append("lines", List.of("b", "a", 6)));
    replace(7, order(7).append("raw", new byte[] {1, 2, 6}));
    replace(8, order(8).append("address", new Document("zip", 1208L).append("city", "Dhaka")));
    replace(9, order(9).append("price", Decimal128.parse("9.0")));
    replace(10, order(10).append("note", null));
    GroupChanges changes = changesSince(before);
    assertThat(changes.changed()).isEqualTo(8);
    assertThat(changes.missing() + changes.extra()).isZero();
  }

  @Test
  void indexesAndOptionsAreDefinitions() {
    StoreImage before = StoreImages.read(store);
    assertThat(before.definitions())
        .containsKeys("collection orders", "index orders._id_", "index orders.ref");
    assertThat(before.definitions().get("index orders.ref"))
        .isEqualTo("{key: {ref: 1}, name: 'ref', unique: true}");
    orders.dropIndex("ref");
    orders.createIndex(Indexes.ascending("ref"), new IndexOptions().name("ref"));
    assertThat(StoreImages.read(store).definitions().get("index orders.ref"))
        .isEqualTo("{key: {ref: 1}, name: 'ref'}");
  }

  @Test
  void aDocumentThatAnIndexMakesExpireMayBeGoneOnceItsTimeHasCome() {
    orders.createIndex(
        Indexes.ascending("at"), new IndexOptions().name("ttl").expireAfter(1L, TimeUnit.HOURS));
    orders.updateOne(
        new Document("ref", "order-2"),
        new Document("$set", new Document("at", Instant.now().plusSeconds(600))));
    StoreImage before = StoreImages.read(store);
    orders.deleteOne(new Document("ref", "order-1"));
    GroupChanges changes = changesSince(before);
    assertThat(changes.same()).isTrue();
    assertThat(changes.expired()).isEqualTo(1);
    orders.deleteOne(new Document("ref", "order-2"));
    assertThat(changesSince(before).missing()).isEqualTo(1);
  }

  @Test
  void beyondItsBudgetOnlySumsAreKeptAndADifferenceIsStillSeen() {
    StoreImage before = StoreImages.read(store, new KeyBudget(39, 1 << 20));
    assertThat(before.groups().get("orders").kept()).isEmpty();
    assertThat(changesSince(before)).matches(changes -> changes.same() && !changes.told());
    replace(4, order(4).append("amount", 4L));
    assertThat(changesSince(before).same()).isFalse();
    assertThat(changesSince(before).examples()).isEmpty();
  }

  /** None missed of 200, each looked for by itself. */
  @Test
  void everySingleMutationIsSeen() {
    Random random = new Random(42);
    StoreImage before = StoreImages.read(store);
    for (int round = 0; round < 200; round++) {
      int number = random.nextInt(40);
      Document document = order(number);
      String what = mutate(document, random);
      orders.deleteOne(new Document("_id", order(number).get("_id")));
      if (!document.isEmpty()) {
        orders.insertOne(document);
      }
      GroupChanges changes = changesSince(before);
      assertThat(changes.missing() + changes.changed())
          .as("%s of order %d", what, number)
          .isEqualTo(1);
      replace(number, order(number));
    }
    assertThat(changesSince(before).same()).isTrue();
  }

  private static String mutate(Document document, Random random) {
    switch (random.nextInt(7)) {
      case 0 -> {
        document.clear();
        return "deletion";
      }
      case 1 -> {
        int number = document.getInteger("amount");
        document.put("amount", random.nextBoolean() ? (Object) (long) number : number + 1);
        return "number";
      }
      case 2 -> {
        byte[] raw = ((byte[]) document.get("raw")).clone();
        raw[random.nextInt(raw.length)] ^= (byte) (1 << random.nextInt(8));
        document.put("raw", raw);
        return "bit";
      }
      case 3 -> {
        document.remove("price");
        return "field";
      }
      case 4 -> {
        Object amount = document.remove("amount");
        document.append("amount", amount);
        return "order of fields";
      }
      case 5 -> {
        document.put("at", document.get("at", Instant.class).plusMillis(1));
        return "date";
      }
      default -> {
        document.put("ref", document.getString("ref") + "\u0000");
        return "text";
      }
    }
  }

  @Test
  void aDumpAndARestoreLeaveTheSameImage() throws Exception {
    shop.createCollection("empty");
    shop.getCollection("Odd näme")
        .insertOne(new Document("_id", new Document("b", 1).append("a", 2L)));
    orders.createIndex(
        Indexes.compoundIndex(Indexes.descending("amount"), Indexes.ascending("address.city")),
        new IndexOptions().name("by amount").sparse(true));
    Random random = new Random(42);
    for (int round = 0; round < 6; round++) {
      Document document = order(round);
      mutate(document, random);
      document.append("_id", "round " + round).append("ref", "round " + round);
      orders.insertOne(document);
      StoreImage before = StoreImages.read(store);
      site.run("dump.sh");
      orders.updateMany(new Document(), new Document("$set", new Document("amount", 0)));
      shop.getCollection("empty").drop();
      site.run("restore.sh");
      StoreImage after = StoreImages.read(store);
      assertThat(after.groups().keySet()).isEqualTo(before.groups().keySet());
      assertThat(after.definitions()).isEqualTo(before.definitions());
      before
          .groups()
          .forEach(
              (name, group) ->
                  assertThat(GroupChanges.between(before.kind(), group, after.groups().get(name)))
                      .matches(GroupChanges::same));
    }
  }

  @Test
  void aStoreThatDoesNotAnswerIsSaidToBeSilent() {
    store.stop();
    try {
      assertThatThrownBy(() -> StoreImages.read(store))
          .isInstanceOf(DrillException.class)
          .hasMessageContaining("what documents holds could not be read");
    } finally {
      store.start();
      client.close();
      connect();
    }
  }
}
