package onetouch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drillbook.site.Postgres;
import dev.drillbook.workload.Contents;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Workload;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import web.MadeThenChanged;

/**
 * Users who make cards, every fourth with a photo, and give every twentieth time one of those
 * another title and another photo. A card stands in the ledger as {@link Card#text()}.
 */
public final class Cards extends MadeThenChanged {
  private static final int PHOTO_EVERY = 4;
  private static final int UPDATE_EVERY = 20;
  private static final int USERS = 20;

  private final CardClient server;
  private final Postgres database;
  private final boolean probesHavePhotos;

  private Cards(Supplier<URI> server, Postgres database, boolean probesHavePhotos) {
    super("card", UPDATE_EVERY);
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
  protected Operation make(String tag, long sequence) {
    return insert(tag, sequence % PHOTO_EVERY == 0);
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

  @Override
  protected Operation change(Operation made) {
    String slug = made.key();
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

  /** Only a card with a photo gets another one. */
  @Override
  protected boolean isChangeable(Operation made) {
    return !made.value().startsWith("1|-|");
  }

  @Override
  public Optional<String> read(String key, Duration timeout) throws Exception {
    return server.find(key, timeout);
  }

  @Override
  public void contents(Contents sink) throws SQLException {
    try (Connection connection = database.connect()) {
      sink.rows(
          connection,
          "select \"slug\", \"version\" || '|' || coalesce(\"photoEtag\", '-') || '|'"
              + " || \"title\" from \"Card\" where \"slug\" like 'drill-%' order by \"id\"");
    }
  }
}
