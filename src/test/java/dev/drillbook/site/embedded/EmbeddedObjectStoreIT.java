package dev.drillbook.site.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.site.Disturbance;
import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

class EmbeddedObjectStoreIT {
  private static final String UUID = "123e4567-e89b-12d3-a456-426614174000";

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
  void aStoreLivesThroughWhatADrillDoesToIt() throws Exception {
    ObjectStore store = create(StorePlans.objectStore(planFolder));
    assertThatThrownBy(store::start)
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("store has no data")
        .hasMessageContaining("provision a new store first");
    site.bringUp();
    assertThat(store.describe()).startsWith("store: a stand-in for S3");
    assertThat(store.buckets()).containsExactly("media", "scratch");

    try (S3Client owner = store.connect()) {
      put(owner, "scratch", "a", "1");
      store.stop();
      assertThatThrownBy(() -> get(owner, "scratch", "a")).isInstanceOf(SdkClientException.class);
      store.start();
      assertThat(get(owner, "scratch", "a")).isEqualTo("1");
      for (int kill = 0; kill < 3; kill++) {
        store.kill();
        store.start();
        put(owner, "scratch", "a", "first request after kill " + kill);
      }
      store.kill();
      store.destroyData();
      assertThatThrownBy(store::start).hasMessageContaining("is missing");
      store.provision();
      refused(() -> get(owner, "scratch", "a"), 404, "NoSuchKey");
    }
  }

  @Test
  void noUploadFailsForAReasonThatIsOurs() throws Exception {
    ObjectStore store = create(StorePlans.objectStore(planFolder));
    site.bringUp();
    try (S3Client owner = store.connect()) {
      IntStream.range(0, 300).forEach(i -> put(owner, "media", "key" + i % 10, "content " + i));
    }
  }

  @Test
  void usersHaveKeysOfTheirOwnThatCanBeWrongDeniedAndReplaced() throws Exception {
    ObjectStore store = create(StorePlans.objectStore(planFolder));
    site.bringUp();
    try (S3Client owner = store.connect();
        S3Client shop = store.connect("shop");
        S3Client backup = store.connect("backup")) {
      put(shop, "media", "a", "1");
      assertThat(get(backup, "media", "a")).isEqualTo("1");
      try (S3Client thief = client(store, store.keys("shop").accessKey(), "wrong")) {
        refused(() -> get(thief, "media", "a"), 403, "SignatureDoesNotMatch");
      }
      try (S3Client nobody = client(store, "AKIANOBODY", "wrong")) {
        refused(() -> get(nobody, "media", "a"), 403, "InvalidAccessKeyId");
      }

      Disturbance media = store.deny("shop", Optional.of("media"));
      refused(() -> get(shop, "media", "a"), 403, "AccessDenied");
      refused(() -> put(shop, "media", "b", "1"), 403, "AccessDenied");
      refused(() -> delete(shop, "media", "a"), 403, "AccessDenied");
      refused(() -> shop.listObjectsV2(request -> request.bucket("media")), 403, "AccessDenied");
      refused(
          () ->
              shop.copyObject(
                  request ->
                      request
                          .sourceBucket("media")
                          .sourceKey("a")
                          .destinationBucket("scratch")
                          .destinationKey("a")),
          403,
          "AccessDenied");
      put(shop, "scratch", "b", "2");
      assertThat(get(backup, "media", "a")).isEqualTo("1");
      Disturbance scratch = store.deny("shop", Optional.of("scratch"));
      refused(() -> get(shop, "scratch", "b"), 403, "AccessDenied");
      refused(() -> get(shop, "media", "a"), 403, "AccessDenied");
      Disturbance all = store.deny("shop", Optional.empty());
      refused(() -> get(shop, "scratch", "b"), 403, "AccessDenied");
      refused(shop::listBuckets, 403, "AccessDenied");
      try (S3Client thief = client(store, store.keys("shop").accessKey(), "wrong")) {
        refused(() -> get(thief, "media", "a"), 403, "SignatureDoesNotMatch");
      }
      assertThat(get(owner, "media", "a")).isEqualTo("1");

      store.kill();
      store.start();
      refused(() -> get(shop, "scratch", "b"), 403, "AccessDenied");
      scratch.end();
      refused(() -> get(shop, "scratch", "b"), 403, "AccessDenied");
      all.end();
      assertThat(get(shop, "scratch", "b")).isEqualTo("2");
      refused(() -> get(shop, "media", "a"), 403, "AccessDenied");
      Disturbance twice = store.deny("shop", Optional.of("media"));
      media.end();
      media.end();
      refused(() -> get(shop, "media", "a"), 403, "AccessDenied");
      store.kill();
      twice.end();
      store.start();
      assertThat(get(shop, "media", "a")).isEqualTo("1");

      ObjectStore.Keys old = store.keys("shop");
      assertThat(store.rotateKeys("shop")).isNotEqualTo(old).isEqualTo(store.keys("shop"));
      refused(() -> get(shop, "scratch", "b"), 403, "InvalidAccessKeyId");
      store.kill();
      store.start();
      try (S3Client again = store.connect("shop")) {
        assertThat(get(again, "scratch", "b")).isEqualTo("2");
      }
      assertThat(site.secrets()).contains(old.secretKey(), store.keys("shop").secretKey());
      assertThat(old.toString()).doesNotContain(old.secretKey());
    }
    assertThatThrownBy(() -> store.connect("nobody"))
        .hasMessageContaining("store has no user 'nobody'")
        .hasMessageContaining("it has shop, backup");
    assertThatThrownBy(() -> store.deny("shop", Optional.of("meida")))
        .hasMessageContaining("store has no bucket 'meida'");
    assertThatThrownBy(() -> store.deny("(owner)", Optional.empty()))
        .isInstanceOf(DrillException.class);
  }

  @Test
  void exactlySoManyOfAHundredRequestsFail() throws Exception {
    ObjectStore store = create(StorePlans.objectStore(planFolder));
    site.bringUp();
    try (S3Client owner = store.connect()) {
      put(owner, "scratch", "a", "1");
      store.failPercent(30);
      long failed =
          IntStream.range(0, 100)
              .filter(
                  i -> {
                    try {
                      get(owner, "scratch", "a");
                      return false;
                    } catch (S3Exception e) {
                      assertThat(e.statusCode()).isEqualTo(503);
                      assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SlowDown");
                      return true;
                    }
                  })
              .count();
      assertThat(failed).isEqualTo(30);
      store.failPercent(0);
      IntStream.range(0, 20).forEach(i -> get(owner, "scratch", "a"));
      assertThatThrownBy(() -> store.failPercent(101)).isInstanceOf(DrillException.class);
    }
  }

  @Test
  void aBucketWithVersionsKeepsThemAll() throws Exception {
    ObjectStore store = create(StorePlans.objectStore(planFolder));
    site.bringUp();
    try (S3Client owner = store.connect()) {
      put(owner, "media", "a", "one");
      put(owner, "media", "a", "two");
      put(owner, "scratch", "a", "gone");
      put(owner, "scratch", "a", "kept");
      delete(owner, "media", "a");
      refused(() -> get(owner, "media", "a"), 404, "NoSuchKey");
      var page = owner.listObjectVersions(request -> request.bucket("media"));
      assertThat(page.deleteMarkers()).hasSize(1);
      assertThat(page.versions()).hasSize(2);
      List<String> contents = page.versions().stream().map(version -> get(owner, version)).toList();
      assertThat(contents).containsExactly("two", "one");

      owner.deleteObject(
          request ->
              request.bucket("media").key("a").versionId(page.deleteMarkers().get(0).versionId()));
      assertThat(get(owner, "media", "a")).isEqualTo("two");
      owner.deleteObject(
          request ->
              request.bucket("media").key("a").versionId(page.versions().get(0).versionId()));
      assertThat(get(owner, "media", "a")).isEqualTo("one");
      assertThat(owner.listObjectVersions(request -> request.bucket("scratch")).versions())
          .as("a bucket without versions")
          .hasSize(1);
    }
  }

  @Test
  void keysThatLookLikeTemporaryFilesAndPartsOfUploadsOutliveAKill() throws Exception {
    ObjectStore store = create(StorePlans.objectStore(planFolder));
    site.bringUp();
    try (S3Client owner = store.connect()) {
      put(owner, "scratch", "plain-" + UUID, "1");
      put(owner, "media", "folder/versioned-" + UUID, "2");
      owner.copyObject(
          request ->
              request
                  .sourceBucket("scratch")
                  .sourceKey("plain-" + UUID)
                  .destinationBucket("scratch")
                  .destinationKey("copied-" + UUID));
      String key = "parts-" + UUID;
      String upload =
          owner.createMultipartUpload(request -> request.bucket("scratch").key(key)).uploadId();
      store.kill();
      store.start();
      String part =
          owner
              .uploadPart(
                  request -> request.bucket("scratch").key(key).uploadId(upload).partNumber(1),
                  RequestBody.fromString("3"))
              .eTag();
      owner.completeMultipartUpload(
          request ->
              request
                  .bucket("scratch")
                  .key(key)
                  .uploadId(upload)
                  .multipartUpload(
                      parts ->
                          parts.parts(CompletedPart.builder().partNumber(1).eTag(part).build())));
      // As a process leaves it that is killed while it receives an object.
      Path data = site.folder().resolve("store/data/buckets/scratch");
      Files.writeString(data.resolve("torn-" + UUID), "to");
      Files.createDirectories(data.resolve("never/made"));
      store.kill();
      store.start();
      assertThat(owner.listObjectsV2(request -> request.bucket("scratch")).contents())
          .extracting(object -> object.key())
          .containsExactly("copied-" + UUID, key, "plain-" + UUID);
      assertThat(get(owner, "media", "folder/versioned-" + UUID)).isEqualTo("2");
      assertThat(get(owner, "scratch", key)).isEqualTo("3");
      assertThat(data.resolve("never")).doesNotExist();
    }
  }

  @Test
  void itsKeysAreInNoCommandLineAndInAFileThatOnlyWeCanRead() throws Exception {
    ObjectStore store = create(StorePlans.objectStore(planFolder));
    site.bringUp();
    Path accounts = site.folder().resolve("store.accounts");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(accounts)))
        .isEqualTo("rw-------");
    long pid = ((EmbeddedObjectStore) store).process.handle().orElseThrow().pid();
    for (String file : List.of("cmdline", "environ")) {
      assertThat(Files.readString(Path.of("/proc", Long.toString(pid), file)))
          .doesNotContain(site.secrets());
    }
  }

  @Test
  void aScriptGetsTheOwnersKeysAndNothingOfTheOperators() throws Exception {
    DrillPlan plan = StorePlans.objectStore(planFolder);
    FakePrograms.script(
        planFolder.resolve("scripts"),
        "tell.sh",
        "echo $AWS_ENDPOINT_URL $AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY $AWS_REGION;"
            + " echo profile=$AWS_PROFILE token=$AWS_SESSION_TOKEN");
    Map<String, String> operator = new HashMap<>(System.getenv());
    operator.put("AWS_PROFILE", "production");
    operator.put("AWS_SESSION_TOKEN", "theirs");
    site =
        EmbeddedSite.create(plan, 1, Installations.ofThisMachine(operator, said -> {}), operator);
    ObjectStore store = site.objectStore("store");
    site.bringUp();
    Transcript transcript = new Transcript(site.secrets());
    store.script("tell.sh").perform(transcript, Duration.ofMinutes(1));
    assertThat(transcript.tail(2).get(0))
        .startsWith(store.endpoint() + " DRILLOWNER")
        .endsWith(" ******** us-east-1");
    assertThat(transcript.tail(1)).containsExactly("profile= token=");
  }

  @Test
  void aPortThatIsTakenIsAClearError() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      create(StorePlans.objectStore(planFolder, "port: " + other.getLocalPort()));
      assertThatThrownBy(site::bringUp)
          .isInstanceOf(DrillException.class)
          .hasMessageContaining("by clients on 127.0.0.1:" + other.getLocalPort())
          .hasMessageContaining("another process has the port");
    }
  }

  private ObjectStore create(DrillPlan plan) {
    site = EmbeddedSite.create(plan, 1, Installations.ofThisMachine(System.getenv(), said -> {}));
    return site.objectStore("store");
  }

  private static S3Client client(ObjectStore store, String accessKey, String secretKey) {
    return S3Client.builder()
        .endpointOverride(URI.create(store.endpoint().toString()))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private static void refused(ThrowingCallable request, int status, String code) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(status);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            });
  }

  private static void put(S3Client client, String bucket, String key, String content) {
    client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(content));
  }

  private static void delete(S3Client client, String bucket, String key) {
    client.deleteObject(request -> request.bucket(bucket).key(key));
  }

  private static String get(S3Client client, String bucket, String key) {
    return client.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asString(UTF_8);
  }

  private static String get(S3Client client, ObjectVersion version) {
    return client
        .getObjectAsBytes(
            request -> request.bucket("media").key(version.key()).versionId(version.versionId()))
        .asString(UTF_8);
  }
}
