package onetouch;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;
import web.Answer;
import web.Database;
import web.Endpoint;
import web.Refused;

/**
 * {@code POST /api/cards}, {@code PUT} and {@code GET /api/cards/{slug}}. All answer with the card;
 * a read may come from the cache.
 */
final class CardsEndpoint implements Endpoint {
  private static final String PATH = "/api/cards";
  private static final int LARGEST_BODY_BYTES = 64 * 1024;

  private final CardStore cards;
  private final CardCache cache;
  private final PhotoStore photos;

  CardsEndpoint(CardStore cards, CardCache cache, PhotoStore photos) {
    this.cards = cards;
    this.cache = cache;
    this.photos = photos;
  }

  @Override
  public Answer answer(HttpExchange exchange)
      throws IOException, Refused, Database.Unavailable, Database.OutcomeUnknown {
    String below = exchange.getRequestURI().getPath().substring(PATH.length());
    switch (exchange.getRequestMethod()) {
      case "POST" -> {
        if (!below.isEmpty()) {
          throw new Refused(404, "no such page");
        }
        return create(CardRequest.parse(body(exchange)));
      }
      case "PUT" -> {
        return update(slug(below), CardRequest.parse(body(exchange)));
      }
      case "GET" -> {
        return read(slug(below));
      }
      default -> throw new Refused(405, "only GET, POST and PUT");
    }
  }

  private Answer create(CardRequest request)
      throws Refused, Database.Unavailable, Database.OutcomeUnknown {
    if (!CardRequest.isSlug(request.slug())) {
      throw new Refused(400, "slug must be letters, digits, dots and dashes");
    }
    Optional<Card.Photo> photo;
    try {
      photo = upload(request.slug(), request.photo());
    } catch (IOException e) {
      return photosUnavailable(e);
    }
    Card card = cards.create(request, photo);
    cache.put(card);
    return answer(201, card.slug(), card.text());
  }

  private Answer update(String slug, CardRequest request)
      throws Refused, Database.Unavailable, Database.OutcomeUnknown {
    Optional<Card.Photo> photo;
    try {
      photo = upload(slug, request.photo());
    } catch (IOException e) {
      return photosUnavailable(e);
    }
    CardStore.Updated updated = cards.update(slug, request.title(), photo);
    cache.put(updated.card());
    // Only now: had the update failed, the card would show a photo that is gone.
    updated.replaced().ifPresent(photos::deleteQuietly);
    return answer(200, slug, updated.card().text());
  }

  private Answer read(String slug) throws Refused, Database.Unavailable {
    Optional<String> copy = cache.get(slug);
    if (copy.isEmpty()) {
      Card card = cards.find(slug).orElseThrow(() -> new Refused(404, "no card " + slug));
      cache.put(card);
      copy = Optional.of(card.text());
    }
    return answer(200, slug, copy.get());
  }

  private Optional<Card.Photo> upload(String slug, Optional<byte[]> photo) throws IOException {
    return photo.isPresent() ? Optional.of(photos.put(slug, photo.get())) : Optional.empty();
  }

  private static Answer photosUnavailable(IOException e) {
    return Answer.error(503, "photos cannot be stored, no card was changed", e.getMessage());
  }

  private static String slug(String segment) throws Refused {
    if (segment.startsWith("/") && CardRequest.isSlug(segment.substring(1))) {
      return segment.substring(1);
    }
    throw new Refused(404, "no such page");
  }

  private static byte[] body(HttpExchange exchange) throws IOException, Refused {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY_BYTES + 1);
    if (body.length > LARGEST_BODY_BYTES) {
      throw new Refused(413, "a card is at most " + LARGEST_BODY_BYTES + " bytes");
    }
    return body;
  }

  private static Answer answer(int status, String slug, String text) {
    return new Answer(
        status,
        json -> {
          json.writeStartObject();
          json.writeStringField("slug", slug);
          json.writeStringField("card", text);
          json.writeEndObject();
        });
  }
}
