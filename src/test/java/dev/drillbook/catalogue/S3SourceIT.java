package dev.drillbook.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.Disturbance;
import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Backups in a bucket of the store that a site has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3SourceIT {
  private static final String PLAN =
      """
      system: tiny
      title: One small store
      components:
        store:
          kind: object-store
          buckets: {vault: {}, other: {}}
          users: [checker]
      backups:
        dump: {component: store, retention: 1d, location: store, encryption: none}
      scenarios:
        loss:
          title: Loss
          severity: P1
          rto: 1h
          rpo: 2h
          backup: dump
          steps:
            - {id: restore, kind: automated, budget: 1m, restore: true}
      """;

  private EmbeddedSite site;
  private ObjectStore store;
  private S3Client client;
  private Map<String, String> environment;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    Path plan = Files.writeString(folder.resolve("plan.yaml"), PLAN);
    site =
        EmbeddedSite.create(
            PlanLoader.load(plan), 1, Installations.ofThisMachine(System.getenv(), said -> {}));
    store = site.objectStore("store");
    site.bringUp();
    client = store.connect();
  }

  @AfterAll
  void stop() {
    client.close();
    site.close();
  }

  @BeforeEach
  void keys() {
    ObjectStore.Keys keys = store.keys("checker");
    environment = new HashMap<>();
    environment.put("AWS_ENDPOINT_URL", store.endpoint().toString());
    environment.put("AWS_ACCESS_KEY_ID", keys.accessKey());
    environment.put("AWS_SECRET_ACCESS_KEY", keys.secretKey());
    environment.put("AWS_SESSION_TOKEN", " ");
  }

  private void put(String key, String content) {
    client.putObject(put -> put.bucket("vault").key(key), RequestBody.fromString(content));
  }

  private BackupSource open(String location) {
    return BackupSources.open(location, environment);
  }

  @Test
  void objectsBelowThePrefixAreListedReadAndFoundAsBackups() throws Exception {
    put("shop/daily/ü x_20261105.gz", "the backup");
    put("shop/daily/ü x_20261105.gz.sha256", DigestUtils.sha256Hex("the backup"));
    put("shop/daily/", "");
    put("shop-of-others/daily/x_20261105.gz", "another's");
    for (String location : new String[] {"s3://vault/shop", "s3://vault/shop/"}) {
      try (BackupSource source = open(location)) {
        assertThat(source.list())
            .extracting(StoredFile::name)
            .containsExactlyInAnyOrder("daily/ü x_20261105.gz", "daily/ü x_20261105.gz.sha256");
        StoredBackup backup =
            StoredBackups.find(source, Checks.check("files: 'daily/*x_{yyyyMMdd}.gz'"))
                .newestFirst()
                .get(0);
        assertThat(backup.bytes()).isEqualTo(10);
        assertThat(backup.files().get(0).modified())
            .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(60));
        try (InputStream content = source.open(backup.files().get(0))) {
          assertThat(new String(content.readAllBytes(), UTF_8)).isEqualTo("the backup");
        }
        assertThat(Checksums.verify(source, backup, "dump").findings()).isEmpty();
      }
    }
  }

  @Test
  void aListOfSeveralPagesIsReadToItsEnd() {
    IntStream.range(0, 1_001).parallel().forEach(i -> put("many/" + i, "x"));
    try (BackupSource source = open("s3://vault/many")) {
      assertThat(source.list()).hasSize(1_001);
    }
  }

  @Test
  void anEmptyPlaceIsNamed() {
    try (BackupSource source = open("s3://vault/nothing")) {
      assertThatThrownBy(() -> StoredBackups.find(source, Checks.check("files: '*'")))
          .isInstanceOf(DrillException.class)
          .hasMessageContaining("no backup in s3://vault/nothing/ at " + store.endpoint());
    }
  }

  @Test
  void anObjectThatHasGoneIsNamed() {
    try (BackupSource source = open("s3://vault/shop")) {
      assertThatThrownBy(() -> source.open(new StoredFile("gone", 1, Instant.EPOCH)).close())
          .isInstanceOf(DrillException.class)
          .hasMessageContaining("gone in s3://vault/shop/")
          .hasMessageContaining("404 NoSuchKey");
    }
  }

  @Test
  void aStoreThatCannotTellWhatIsLockedIsUnknown() {
    put("lock/x_20261105.gz", "x");
    try (BackupSource source = open("s3://vault/lock")) {
      var check = Checks.check("files: 'x_{yyyyMMdd}.gz', locked: 7d");
      Judgement judgement =
          Locks.judge(
              source,
              StoredBackups.find(source, check).newestFirst(),
              check,
              Instant.parse("2026-11-05T06:00:00Z"));
      assertThat(judgement.verdict()).isEqualTo(Verdict.UNKNOWN);
    }
  }

  private DrillException failure(String location) {
    try (BackupSource source = open(location)) {
      source.list();
    } catch (DrillException e) {
      assertThat(e.getMessage()).doesNotContain(environment.get("AWS_SECRET_ACCESS_KEY"));
      return e;
    }
    throw new AssertionError("it was listed");
  }

  @Test
  void aBucketThatIsNotThereIsNamed() {
    assertThat(failure("s3://nowhere/x"))
        .hasMessageContaining("s3://nowhere/x/ at " + store.endpoint() + " cannot be listed")
        .hasMessageContaining("there is no bucket nowhere");
  }

  @Test
  void whoIsDeniedIsToldWhatToGrant() {
    Disturbance denied = store.deny("checker", Optional.of("vault"));
    try {
      assertThat(failure("s3://vault/x"))
          .hasMessageContaining("403 AccessDenied")
          .hasMessageContaining("s3:ListBucket");
    } finally {
      denied.end();
    }
  }

  @Test
  void keysThatTheStoreDoesNotKnowAreTold() {
    environment.put("AWS_ACCESS_KEY_ID", "nobody");
    assertThat(failure("s3://vault/x")).hasMessageContaining("does not know these keys");
    keys();
    environment.put("AWS_SECRET_ACCESS_KEY", "another-secret");
    assertThat(failure("s3://vault/x")).hasMessageContaining("does not know these keys");
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_ACCESS_KEY_ID, '', AWS_ACCESS_KEY_ID is not",
    "AWS_SECRET_ACCESS_KEY, ' ', AWS_SECRET_ACCESS_KEY is not",
    "AWS_ENDPOINT_URL_S3, localhost:9000, holds no address",
    "AWS_ENDPOINT_URL_S3, https://me:hunter2@host, holds no address",
  })
  void aWrongSettingIsRefusedByItsName(String variable, String value, String expected) {
    environment.put(variable, value);
    assertThatThrownBy(() -> open("s3://vault").close())
        .isInstanceOf(DrillException.class)
        .hasMessageContaining(expected)
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void aStoreThatIsNotThereIsTold() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:" + socket.getLocalPort());
    }
    assertThat(failure("s3://vault/x"))
        .hasMessageContaining("Connection refused")
        .hasMessageContaining("AWS_ENDPOINT_URL");
  }
}
