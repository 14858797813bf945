package dev.drillbook.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.site.ObjectStore;
import dev.drillbook.timeline.DrillException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Images of what plays an S3 object store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectImageIT {
  private StoreSite site;
  private ObjectStore store;
  private S3Client s3;

  @BeforeAll
  void bringUp(@TempDir Path folder) throws Exception {
    site = new StoreSite(folder);
    store = site.objects();
    site.bringUp();
    s3 = store.connect();
  }

  @AfterAll
  void close() {
    s3.close();
    site.close();
  }

  @BeforeEach
  void fill() {
    for (int i = 0; i < 5; i++) {
      put("photos/" + i + ".png", "photo " + i, "image/png", Map.of("owner", "o" + i));
    }
  }

  private void put(String key, String content, String type, Map<String, String> metadata) {
    s3.putObject(
        PutObjectRequest.builder()
            .bucket("media")
            .key(key)
            .contentType(type)
            .metadata(metadata)
            .build(),
        RequestBody.fromBytes(content.getBytes(UTF_8)));
  }

  private GroupChanges changesSince(StoreImage before) {
    StoreImage after = StoreImages.read(store);
    return GroupChanges.between(
        before.kind(), before.groups().get("media"), after.groups().get("media"));
  }

  @Test
  void theSameObjectsAreTheSameImageHoweverOftenTheyWereWritten() {
    StoreImage before = StoreImages.read(store);
    assertThat(before.groups().keySet()).containsExactly("media", "scratch");
    assertThat(before.count()).isEqualTo(5);
    fill();
    assertThat(changesSince(before)).matches(GroupChanges::same);
  }

  @Test
  void whetherABucketKeepsVersionsIsADefinition() {
    assertThat(StoreImages.read(store).definitions())
        .containsEntry("bucket media", "versioning Enabled")
        .containsEntry("bucket scratch", "versioning never enabled");
  }

  @Test
  void contentTypeMetadataAndPresenceAreLookedAt() {
    String key = "photos/1.png";
    change(key, "differs", s -> put(key, "photo 2", "image/png", Map.of("owner", "o1")));
    change(key, "differs", s -> put(key, "photo 1", "image/gif", Map.of("owner", "o1")));
    change(key, "differs", s -> put(key, "photo 1", "image/png", Map.of("owner", "o2")));
    change(key, "differs", s -> put(key, "photo 1", "image/png", Map.of()));
    change(key, "is missing", s -> s.deleteObject(o -> o.bucket("media").key(key)));
    change("new", "was not there before", s -> put("new", "", "text/plain", Map.of()));
  }

  private void change(String key, String what, Consumer<S3Client> how) {
    fill();
    StoreImage before = StoreImages.read(store);
    how.accept(s3);
    assertThat(changesSince(before).examples()).containsExactly("object " + key + " " + what);
    s3.deleteObject(object -> object.bucket("media").key("new"));
  }

  @Test
  void aStoreThatDoesNotAnswerIsSaidToBeSilent() {
    store.stop();
    try {
      assertThatThrownBy(() -> StoreImages.read(store))
          .isInstanceOf(DrillException.class)
          .hasMessageContaining("what objects holds could not be read");
    } finally {
      store.start();
    }
  }
}
