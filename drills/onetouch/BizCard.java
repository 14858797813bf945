package onetouch;

import java.io.IOException;
import java.util.Optional;
import web.Database;
import web.Service;

/**
 * The server: cards in PostgreSQL, copies of them in Redis, their photos in S3, and e-mails by way
 * of an outbox. A process of its own.
 *
 * <p>Environment: {@code DB_HOST}, {@code DB_PORT}, {@code DB_DATABASE}, {@code DB_USER}, {@code
 * DB_PASSWORD}; {@code CACHE_URL}; {@code S3_URL}, {@code S3_BIZCARD_ACCESS_KEY}, {@code
 * S3_BIZCARD_SECRET_KEY}; {@code MAIL_URL}; {@code PORT}; optionally {@code BIND_ADDRESS}
 * (127.0.0.1), and {@code ENV_FILE}, whose CACHE_URL is looked up again whenever the cache is lost.
 */
public final class BizCard {

  private BizCard() {}

  public static void main(String[] args) throws IOException {
    Service.run(
        "bizcard",
        (service, environment) -> {
          Database database = service.database(environment.postgres("DB", "onetouch-bizcard"));
          CardStore store = new CardStore(database);
          String envFile = environment.optional("ENV_FILE", "");
          CacheAddress address =
              new CacheAddress(environment.required("CACHE_URL"), Optional.of(envFile));
          PhotoStore photos =
              new PhotoStore(
                  environment.required("S3_URL"),
                  environment.required("S3_BIZCARD_ACCESS_KEY"),
                  environment.required("S3_BIZCARD_SECRET_KEY"));
          String mail = environment.required("MAIL_URL");
          environment.requireValid();
          CardCache cache = new CardCache(address);
          service.closeAtStop(cache);
          service.route("/api/cards", new CardsEndpoint(store, cache, photos));
          service.route("/api/cache/warmup", new WarmUpEndpoint(store, cache));
          service.health("/api/health", store::touch);
          service.closeAtStop(Outbox.start(database, mail));
        });
  }
}
