package dev.drillbook.site.embedded;

import static dev.drillbook.fault.DeleteDocuments.deleteDocuments;
import static dev.drillbook.fault.DeleteObjects.deleteObjects;
import static dev.drillbook.fault.DeleteVersions.deleteVersions;
import static dev.drillbook.fault.DenyUser.deny;
import static dev.drillbook.fault.DropCollection.dropCollection;
import static dev.drillbook.fault.DropCollection.dropCollections;
import static dev.drillbook.fault.EncryptDocuments.encryptDocuments;
import static dev.drillbook.fault.Extent.count;
import static dev.drillbook.fault.Extent.percent;
import static dev.drillbook.fault.FailRequests.failRequests;
import static dev.drillbook.fault.OverwriteObjects.overwriteObjects;
import static dev.drillbook.fault.RotateKeys.rotateKeys;
import static dev.drillbook.fault.UpdateDocuments.updateDocuments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import dev.drillbook.fault.ActiveFault;
import dev.drillbook.fault.Fault;
import dev.drillbook.fault.Scene;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.site.Mongo;
import dev.drillbook.site.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Faults of documents and of objects, on real processes. */
class StoreFaultsIT {
  @TempDir Path folder;
  private EmbeddedSite site;

  @AfterEach
  void close() {
    site.close();
  }

  private void bringUp(DrillPlan plan) {
    site = EmbeddedSite.create(plan, 1, Installations.ofThisMachine(System.getenv(), said -> {}));
  }

  private ActiveFault inject(Fault fault) {
    ActiveFault active = fault.inject(scene(1));
    assertThat(active.bite().bit()).as(active.bite().evidence()).isTrue();
    return active;
  }

  private Scene scene(long seed) {
    return Scene.of(site.undoJournal(), seed, 0);
  }

  @Test
  void documentsAreDeletedChangedEncryptedAndDropped() throws Exception {
    bringUp(StorePlans.mongo(folder));
    Mongo store = site.mongo("store");
    site.bringUp();
    try (MongoClient client = store.connect()) {
      MongoCollection<Document> orders =
          client.getDatabase(store.database()).getCollection("orders");
      assertThatThrownBy(() -> deleteDocuments(store, "orders", count(1)).inject(scene(1)))
          .hasMessageContaining("the collection orders is empty");
      orders.insertMany(
          IntStream.range(0, 200)
              .mapToObj(
                  i ->
                      new Document("_id", i)
                          .append("n", i)
                          .append("who", new Document("name", "n" + i)))
              .toList());

      ActiveFault deleted = inject(deleteDocuments(store, "orders", percent(10)));
      assertThat(orders.countDocuments()).isEqualTo(180);
      assertThat(deleted.hit().get(0)).isEqualTo("20 documents of orders");
      assertThat(deleted.hit()).hasSize(21);

      inject(updateDocuments(store, "orders", "n", -1, count(5)));
      assertThat(orders.countDocuments(Filters.eq("n", -1))).isEqualTo(5);
      assertThat(
              updateDocuments(store, "orders", "n", -1, percent(100)).inject(scene(2)).bite().bit())
          .isTrue();
      assertThat(
              updateDocuments(store, "orders", "n", -1, count(5))
                  .inject(scene(3))
                  .bite()
                  .evidence())
          .isEqualTo("0 documents have another value");

      inject(encryptDocuments(store, "orders", count(30)));
      assertThat(orders.countDocuments(Filters.regex("who.name", "^n\\d+$"))).isEqualTo(150);
      assertThat(orders.countDocuments()).isEqualTo(180);

      inject(dropCollection(store, "orders"));
      assertThat(orders.countDocuments()).isZero();
      assertThatThrownBy(() -> dropCollection(store, "orders").inject(scene(1)))
          .hasMessageContaining("store has no collection orders");
      orders.insertOne(new Document("_id", 1));
      inject(dropCollections(store));
      assertThat(
              client
                  .getDatabase(store.database())
                  .listCollectionNames()
                  .into(new java.util.ArrayList<>()))
          .isEmpty();
    }
  }

  @Test
  void theSameSeedPicksTheSameDocuments() throws Exception {
    bringUp(StorePlans.mongo(folder));
    Mongo store = site.mongo("store");
    site.bringUp();
    try (MongoClient client = store.connect()) {
      MongoCollection<Document> orders =
          client.getDatabase(store.database()).getCollection("orders");
      Fault fault = updateDocuments(store, "orders", "n", -1, count(7));
      orders.insertMany(IntStream.range(0, 100).mapToObj(i -> new Document("_id", i)).toList());
      List<String> hit = fault.inject(scene(5)).hit();
      assertThat(fault.inject(scene(6)).hit()).isNotEqualTo(hit);
      orders.drop();
      orders.insertMany(
          IntStream.range(0, 100).mapToObj(i -> new Document("_id", 99 - i)).toList());
      assertThat(fault.inject(scene(5)).hit()).isEqualTo(hit);
    }
  }

  @Test
  void objectsAreHiddenDeletedAndSpoilt() throws Exception {
    bringUp(StorePlans.objectStore(folder));
    ObjectStore store = site.objectStore("store");
    site.bringUp();
    try (S3Client s3 = store.connect()) {
      assertThatThrownBy(() -> deleteObjects(store, "media", count(1)).inject(scene(1)))
          .hasMessageContaining("the bucket media is empty");
      for (int i = 0; i < 20; i++) {
        put(s3, "media", "object" + i, "content of object " + i);
      }
      assertNoiseIsAsLongAsWhatItReplaces(store, s3);
      inject(overwriteObjects(store, "media", count(4)));
      assertThat(
              keys(s3, "media").stream()
                  .filter(key -> !text(s3, "media", key).startsWith("content of")))
          .hasSize(4);

      ActiveFault deleted = inject(deleteObjects(store, "media", percent(50)));
      assertThat(keys(s3, "media")).hasSize(10);
      assertThat(deleted.hit()).hasSize(11);
      assertThat(s3.listObjectVersions(r -> r.bucket("media")).deleteMarkers()).hasSize(10);
      assertThat(s3.listObjectVersions(r -> r.bucket("media")).versions()).hasSize(24);

      inject(deleteVersions(store, "media", percent(100)));
      assertThat(s3.listObjectVersions(r -> r.bucket("media")).versions()).isEmpty();
      // Where nothing is versioned all versions have one id.
      put(s3, "scratch", "a", "1");
      put(s3, "scratch", "b", "2");
      inject(deleteVersions(store, "scratch", count(1)));
      assertThat(keys(s3, "scratch")).hasSize(1);
    }
  }

  private void assertNoiseIsAsLongAsWhatItReplaces(ObjectStore store, S3Client s3) {
    int size = (2 << 20) + 1;
    put(s3, "scratch", "big", "x".repeat(size));
    inject(overwriteObjects(store, "scratch", count(1)));
    assertThat(s3.headObject(r -> r.bucket("scratch").key("big")).contentLength()).isEqualTo(size);
    s3.deleteObject(r -> r.bucket("scratch").key("big"));
  }

  @Test
  void usersAreDeniedGivenOtherKeysAndThrottled() throws Exception {
    bringUp(StorePlans.objectStore(folder));
    ObjectStore store = site.objectStore("store");
    site.bringUp();
    try (S3Client owner = store.connect();
        S3Client shop = store.connect("shop")) {
      put(owner, "media", "a", "b");
      ActiveFault denied = inject(deny(store, "shop"));
      assertThat(denied.bite().evidence()).contains("403");
      assertThatThrownBy(() -> text(shop, "media", "a")).isInstanceOf(S3Exception.class);
      assertThat(text(owner, "media", "a")).isEqualTo("b");
      denied.close();
      assertThat(denied.bite().bit()).isFalse();
      assertThat(text(shop, "media", "a")).isEqualTo("b");

      ActiveFault oneBucket = inject(deny(store, "shop", "scratch"));
      assertThat(text(shop, "media", "a")).isEqualTo("b");
      oneBucket.close();

      ActiveFault all = inject(deny(store, "shop"));
      ActiveFault media = inject(deny(store, "shop", "media"));
      all.close();
      assertThatThrownBy(() -> text(shop, "media", "a")).isInstanceOf(S3Exception.class);
      store.kill();
      media.close();
      assertThat(media.isInForce()).isFalse();
      store.start();
      assertThat(text(shop, "media", "a")).isEqualTo("b");

      ActiveFault failing = inject(failRequests(store, 100));
      assertThatThrownBy(() -> text(owner, "media", "a")).isInstanceOf(S3Exception.class);
      failing.close();
      assertThat(text(owner, "media", "a")).isEqualTo("b");

      inject(rotateKeys(store, "shop"));
      assertThatThrownBy(() -> text(shop, "media", "a")).isInstanceOf(S3Exception.class);
      try (S3Client again = store.connect("shop")) {
        assertThat(text(again, "media", "a")).isEqualTo("b");
      }
    }
  }

  private static void put(S3Client s3, String bucket, String key, String text) {
    s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(text));
  }

  private static String text(S3Client s3, String bucket, String key) {
    return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key))
        .asString(StandardCharsets.ISO_8859_1);
  }

  private static List<String> keys(S3Client s3, String bucket) {
    return s3.listObjectsV2(request -> request.bucket(bucket)).contents().stream()
        .map(S3Object::key)
        .toList();
  }
}
