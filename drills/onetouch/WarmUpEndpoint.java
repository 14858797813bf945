package onetouch;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import web.Answer;
import web.Database;
import web.Endpoint;
import web.Refused;

/**
 * {@code GET /api/cache/warmup}: puts the cards that were changed last into the cache, and says how
 * many went in; 503 if the cache takes none.
 */
final class WarmUpEndpoint implements Endpoint {
  private static final int CARDS = 500;

  private final CardStore cards;
  private final CardCache cache;

  WarmUpEndpoint(CardStore cards, CardCache cache) {
    this.cards = cards;
    this.cache = cache;
  }

  @Override
  public Answer answer(HttpExchange exchange) throws Refused, Database.Unavailable {
    List<Card> latest = cards.latest(CARDS);
    if (!cache.putAll(latest)) {
      return Answer.error(503, "the cache cannot be reached");
    }
    return new Answer(
        200,
        json -> {
          json.writeStartObject();
          json.writeNumberField("warmed", latest.size());
          json.writeEndObject();
        });
  }
}
