package onetouch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drillbook.site.Postgres;
import dev.drillbook.workload.Contents;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Workload;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Users who make cards, every fourth with a photo, and give every twentieth time one of those
 * another title and another photo. A card stands in the ledger as {@link Card#text()}.
 */
public final class Cards implements Workload {
  private static final int PHOTO_EVERY = 4;
  private static final int UPDATE_EVERY = 20;
  private static final int USERS = 20;
  private static final String PREFIX = "drill-";

  private final CardClient server;
  private final Postgres database;
  private final boolean probesHavePhotos;
  private final Queue<Operation> updatable = new ConcurrentLinkedQueue<>();

  private Cards(Supplier<URI> server, Postgres database, boolean probesHavePhotos) {
    this.server = new CardClient(server);
    this.database = database;
    this.probesHavePhotos = probesHavePhotos;
  }

  /** Cards through {@code server}, which are looked up in {@code database} when all is over. */
  public static Workload cards(Supplier<URI> server, Postgres database) {
    return new Cards(server, database, false);
  }

  /** The same, with a photo on every card that a probe makes: so it notices where photos fail. */
  public static Workload cardsWithPhotos(Supplier<URI> server, Postgres database) {
    return new Cards(server, database, true);
  }

  @Override
  public String name() {
    return "cards";
  }

  @Override
  public Operation next(long sequence) {
    Operation made = sequence % UPDATE_EVERY == UPDATE_EVERY - 1 ? updatable.poll() : null;
    return made == null
        ? insert("card-" + sequence, sequence % PHOTO_EVERY == 0)
        : update(made.key());
  }

  @Override
  public Operation insert(String tag) {
    return insert(tag, probesHavePhotos);
  }

  private Operation insert(String tag, boolean withPhoto) {
    String slug = PREFIX + tag;
    String title = "Card " + tag;
    Optional<String> photo = withPhoto ? Optional.of("photo of " + slug) : Optional.empty();
    String user = "user-" + ThreadLocalRandom.current().nextInt(1, USERS + 1);
    return new Operation(
        Operation.Kind.INSERT,
        slug,
        text(slug, title, 1, photo),
        timeout -> server.create(slug, user, title, photo, timeout));
  }

  private Operation update(String slug) {
    String title = "Card of " + slug + ", changed";
    Optional<String> photo = Optional.of("another photo of " + slug);
    return new Operation(
        Operation.Kind.UPDATE,
        slug,
        text(slug, title, 2, photo),
        timeout -> server.update(slug, title, photo, timeout));
  }

  private static String text(String slug, String title, int version, Optional<String> photo) {
    return new Card(slug, title, version, photo.map(p -> PhotoStore.named(slug, p.getBytes(UTF_8))))
        .text();
  }

  /**
   * Only cards of the schedule are changed, each once: a probe must find its card as it made it.
   */
  @Override
  public void acknowledged(Operation operation) {
    if (operation.kind() == Operation.Kind.INSERT
        && operation.key().startsWith(PREFIX + "card-")
        && !operation.value().startsWith("1|-|")) {
      updatable.add(operation);
    }
  }

  @Override
  public Optional<String> read(String key, Duration timeout) throws Exception {
    return server.find(key, timeout);
  }

  @Override
  public void contents(Contents sink) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      // PostgreSQL's driver only fetches in portions within a transaction.
      connection.setAutoCommit(false);
      statement.setFetchSize(1_000);
      try (ResultSet cards =
          statement.executeQuery(
              "select \"slug\", \"version\" || '|' || coalesce(\"photoEtag\", '-') || '|'"
                  + " || \"title\" from \"Card\" where \"slug\" like 'drill-%' order by \"id\"")) {
        while (cards.next()) {
          sink.row(cards.getString(1), cards.getString(2));
        }
      }
    }
  }
}
