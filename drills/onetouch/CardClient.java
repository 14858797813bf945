package onetouch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drillbook.workload.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import web.ApiClient;

/** The server's API as its users' browsers use it. */
final class CardClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ApiClient api;

  CardClient(Supplier<URI> server) {
    this.api = new ApiClient(server);
  }

  void create(String slug, String user, String title, Optional<String> photo, Duration timeout)
      throws IOException, RefusedException {
    ObjectNode card = card(title, photo).put("slug", slug).put("userId", user);
    api.write("POST", "/api/cards", card.toString(), 201, timeout);
  }

  void update(String slug, String title, Optional<String> photo, Duration timeout)
      throws IOException, RefusedException {
    api.write("PUT", "/api/cards/" + slug, card(title, photo).toString(), 200, timeout);
  }

  /** The card's text; empty if the server knows none of that slug. */
  Optional<String> find(String slug, Duration timeout) throws IOException {
    return api.find("/api/cards/" + slug, timeout, answer -> answer.get("card").asText());
  }

  private static ObjectNode card(String title, Optional<String> photo) {
    ObjectNode card = JSON.createObjectNode().put("title", title);
    photo.ifPresent(content -> card.put("photo", content));
    return card;
  }
}
