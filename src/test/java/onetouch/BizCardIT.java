package onetouch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drillbook.site.App;
import dev.drillbook.site.Disturbance;
import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Redis;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.workload.RefusedException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import web.ApiClient;

/** The server between its real stores. */
@SuppressWarnings("try") // A cut is only held until it ends.
class BizCardIT {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static EmbeddedSite site;
  private static Postgres db;
  private static Redis cache;
  private static ObjectStore s3;
  private static App mail;
  private static App server;
  private static CardClient cards;

  @BeforeAll
  static void up() {
    site = OneTouchSite.create();
    db = site.postgres("db");
    cache = site.redis("cache");
    s3 = site.objectStore("s3");
    mail = site.app("mail");
    server = site.app("server");
    site.bringUp();
    cards = new CardClient(server::address);
  }

  @AfterAll
  static void down() {
    site.close();
    assertThat(site.leftovers()).isEmpty();
  }

  @Test
  void anAcknowledgedCardIsInTheDatabaseItsPhotoInTheBucketAndItsCopyInTheCache() throws Exception {
    cards.create("a-1", "user-1", "Sales", Optional.of("a face"), PATIENCE);

    Card.Photo photo = PhotoStore.named("a-1", "a face".getBytes(UTF_8));
    assertThat(sql("select \"photoKey\" from \"Card\" where \"slug\" = 'a-1'"))
        .isEqualTo(photo.key());
    assertThat(content(photo)).isEqualTo("a face");
    assertThat(copy("a-1")).isEqualTo("1|" + photo.etag() + "|Sales");
    assertThat(cards.find("a-1", PATIENCE)).contains("1|" + photo.etag() + "|Sales");
    assertThatThrownBy(() -> cards.create("a-1", "user-1", "x", Optional.empty(), PATIENCE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("409");
    assertThatThrownBy(() -> cards.create("a-2", "nobody", "x", Optional.empty(), PATIENCE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("422");
    assertThatThrownBy(() -> cards.update("nothing", "x", Optional.empty(), PATIENCE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("404");
  }

  @Test
  void anotherPhotoTakesTheFirstOnesPlaceAndNotItsKey() throws Exception {
    cards.create("b-1", "user-1", "Sales", Optional.of("a face"), PATIENCE);
    cards.update("b-1", "Director", Optional.of("another"), PATIENCE);

    assertThat(content(PhotoStore.named("b-1", "another".getBytes(UTF_8)))).isEqualTo("another");
    assertThatThrownBy(() -> content(PhotoStore.named("b-1", "a face".getBytes(UTF_8))))
        .isInstanceOf(NoSuchKeyException.class);
    assertThat(copy("b-1")).startsWith("2|").endsWith("|Director");
  }

  @Test
  void whatChangedWhileTheCacheWasAwayIsNotReadFromItAfterwards() throws Exception {
    cards.create("c-1", "user-1", "Sales", Optional.empty(), PATIENCE);
    Disturbance cut = cache.cut();
    try {
      cards.update("c-1", "Director", Optional.empty(), PATIENCE);
      assertThat(cards.find("c-1", PATIENCE)).contains("2|-|Director");
      assertThat(copy("c-1")).isEqualTo("1|-|Sales");
    } finally {
      cut.end();
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(cards.find("c-1", PATIENCE)).contains("2|-|Director");
              assertThat(copy("c-1")).isEqualTo("2|-|Director");
            });
  }

  @Test
  void anOlderCopyNeverReplacesANewerOne() throws Exception {
    try (CardCache own = new CardCache(new CacheAddress(url(), Optional.empty()))) {
      own.put(new Card("d-1", "newer", 2, Optional.empty()));
      own.put(new Card("d-1", "older", 1, Optional.empty()));
    }

    assertThat(copy("d-1")).isEqualTo("2|-|newer");
  }

  @Test
  void whereAPhotoCannotBeStoredThereIsNoCardEither() throws Exception {
    Disturbance denied = s3.deny("bizcard", Optional.empty());
    try {
      assertThatThrownBy(
              () -> cards.create("e-1", "user-1", "Sales", Optional.of("a face"), PATIENCE))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("503")
          .hasMessageContaining("AccessDenied");
    } finally {
      denied.end();
    }
    assertThat(sql("select count(*) from \"Card\" where \"slug\" = 'e-1'")).isEqualTo("0");
  }

  @Test
  void withoutItsDatabaseItTakesNothingAndIsNotWell() throws Exception {
    ApiClient api = new ApiClient(server::address);
    assertThat(api.get("/api/health", PATIENCE).statusCode()).isEqualTo(200);
    Disturbance cut = db.cut();
    try {
      assertThatThrownBy(() -> cards.create("f-1", "user-1", "x", Optional.empty(), PATIENCE))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("503");
      assertThat(api.get("/api/health", PATIENCE).statusCode()).isEqualTo(503);
    } finally {
      cut.end();
    }
    await()
        .atMost(PATIENCE)
        .until(() -> api.get("/api/health", PATIENCE).statusCode(), Integer.valueOf(200)::equals);
  }

  @Test
  void anEmailIsSentOnceAndOneOnHoldIsNot() throws Exception {
    cards.create("g-1", "user-1", "Sales", Optional.of("a face"), PATIENCE);
    String sent = emailOf("g-1");
    await().atMost(PATIENCE).until(() -> timesGiven(sent).equals("1"));
    Disturbance cut = mail.cut();
    try (AutoCloseable ended = cut::end) {
      cards.create("g-2", "user-1", "Sales", Optional.of("a face"), PATIENCE);
      db.script("hold-outbox.sh").perform();
    }
    cards.create("g-3", "user-1", "Sales", Optional.of("a face"), PATIENCE);
    String later = emailOf("g-3");

    await().atMost(PATIENCE).until(() -> timesGiven(later).equals("1"));
    assertThat(timesGiven(emailOf("g-2"))).isEqualTo("none");
    assertThat(timesGiven(sent)).isEqualTo("1");
    assertThat(sql("select \"status\" from \"Email\" where \"id\" = '" + sent + "'"))
        .isEqualTo("sent");
  }

  @Test
  void theCacheIsWarmedWithTheLatestCards() throws Exception {
    cards.create("h-1", "user-1", "Sales", Optional.empty(), PATIENCE);
    try (Jedis redis = cache.connect()) {
      redis.flushAll();
    }
    server.script("warm-up.sh").perform();

    assertThat(copy("h-1")).isEqualTo("1|-|Sales");
  }

  private static String emailOf(String slug) throws SQLException {
    return sql(
        "select e.\"id\"::text from \"Email\" e join \"Card\" c on c.\"id\" = e.\"cardId\""
            + " where c.\"slug\" = '"
            + slug
            + "'");
  }

  private static String timesGiven(String id) throws Exception {
    String counts = new ApiClient(mail::address).get("/messages", PATIENCE).body();
    return List.of(counts.split("[{},]", -1)).stream()
        .filter(entry -> entry.contains(id))
        .map(entry -> entry.substring(entry.indexOf(':') + 1))
        .findFirst()
        .orElse("none");
  }

  private static String url() {
    return "redis://:"
        + cache.script("clear-cache.sh").environment().get().get("REDISCLI_AUTH")
        + "@127.0.0.1:"
        + cache.directAddress().getPort();
  }

  private static String copy(String slug) {
    try (Jedis redis = cache.connect()) {
      return redis.get("card:" + slug);
    }
  }

  private static String content(Card.Photo photo) {
    try (S3Client client = s3.connect()) {
      return client
          .getObjectAsBytes(request -> request.bucket("assets").key(photo.key()))
          .asUtf8String();
    }
  }

  private static String sql(String query) throws SQLException {
    try (Connection connection = db.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getString(1) : "nothing";
    }
  }
}
