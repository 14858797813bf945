package dev.drillbook.site.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.site.ObjectStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

class EmbeddedObjectStoreKillIT {
  @TempDir Path planFolder;

  @Test
  void noAcknowledgedObjectIsLostOrTornInTwentyKills() throws Exception {
    try (EmbeddedSite site =
        EmbeddedSite.create(
            StorePlans.objectStore(planFolder),
            1,
            Installations.ofThisMachine(System.getenv(), s -> {}))) {
      ObjectStore store = site.objectStore("store");
      site.bringUp();

      int writes = new KilledUnderLoad().times(20, store, () -> new Objects(store.connect()));

      assertThat(writes).isGreaterThan(200);
      try (S3Client owner = store.connect()) {
        versionsAreUniqueAndInOrder(owner);
      }
    }
  }

  private static void versionsAreUniqueAndInOrder(S3Client owner) {
    Set<String> ids = new HashSet<>();
    Map<String, List<ObjectVersion>> byKey = new HashMap<>();
    for (var page : owner.listObjectVersionsPaginator(request -> request.bucket("media"))) {
      for (ObjectVersion version : page.versions()) {
        assertThat(ids.add(version.versionId())).as(version.versionId()).isTrue();
        byKey.computeIfAbsent(version.key(), key -> new ArrayList<>()).add(version);
      }
      for (DeleteMarkerEntry marker : page.deleteMarkers()) {
        assertThat(ids.add(marker.versionId())).as(marker.versionId()).isTrue();
      }
    }
    assertThat(byKey.values()).anyMatch(versions -> versions.size() > 2);
    byKey.forEach(
        (key, versions) ->
            assertThat(versions)
                .as(key)
                .isSortedAccordingTo(Comparator.comparing(ObjectVersion::versionId).reversed())
                .isSortedAccordingTo(Comparator.comparing(ObjectVersion::lastModified).reversed()));
  }

  /** Half of the keys are in the bucket without versions. */
  private record Objects(S3Client client) implements KilledUnderLoad.Keys {

    /** An end that the library's temporary files have too. */
    private static final String UUID = "-123e4567-e89b-12d3-a456-426614174000";

    private static String bucket(String key) {
      return key.hashCode() % 2 == 0 ? "media" : "scratch";
    }

    private static String named(String key) {
      return key.hashCode() % 3 == 0 ? key : "folder/" + key + UUID;
    }

    @Override
    public void put(String key, String value, boolean isNew) {
      client.putObject(
          request -> request.bucket(bucket(key)).key(named(key)), RequestBody.fromString(value));
    }

    @Override
    public void remove(String key) {
      client.deleteObject(request -> request.bucket(bucket(key)).key(named(key)));
    }

    @Override
    public Map<String, String> contents() {
      Map<String, String> contents = new HashMap<>();
      for (String bucket : List.of("media", "scratch")) {
        for (S3Object object :
            client.listObjectsV2Paginator(request -> request.bucket(bucket)).contents()) {
          String content =
              client
                  .getObjectAsBytes(request -> request.bucket(bucket).key(object.key()))
                  .asString(UTF_8);
          contents.put(object.key().replace("folder/", "").replace(UUID, ""), content);
        }
      }
      return contents;
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
