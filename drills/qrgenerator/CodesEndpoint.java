package qrgenerator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import web.Answer;
import web.Database;
import web.Endpoint;
import web.Refused;

/**
 * {@code POST /api/qrcodes} and {@code GET /api/qrcodes/{slug}}, both with an API key, and {@code
 * POST /api/qrcodes/{slug}/scan} without. All answer with the code as it is now.
 */
final class CodesEndpoint implements Endpoint {
  private static final String PATH = "/api/qrcodes";
  private static final String SCAN = "/scan";
  private static final int LARGEST_BODY_BYTES = 16 * 1024;

  private final CodeStore codes;

  CodesEndpoint(CodeStore codes) {
    this.codes = codes;
  }

  @Override
  public Answer answer(HttpExchange exchange)
      throws IOException, Refused, Database.Unavailable, Database.OutcomeUnknown {
    String key = exchange.getRequestHeaders().getFirst("Authorization");
    String below = exchange.getRequestURI().getPath().substring(PATH.length());
    if (below.isEmpty()) {
      require("POST", exchange);
      Map<String, String> request = CodeRequest.parse(body(exchange), "slug", "target");
      return code(
          201,
          codes.create(
              key,
              CodeRequest.name(request.get("slug")),
              CodeRequest.target(request.get("target"))));
    }
    if (below.endsWith(SCAN)) {
      require("POST", exchange);
      String slug = slug(below.substring(0, below.length() - SCAN.length()));
      Map<String, String> request = CodeRequest.parse(body(exchange), "ref");
      return code(200, codes.scan(slug, CodeRequest.name(request.get("ref"))));
    }
    require("GET", exchange);
    String slug = slug(below);
    return code(
        200,
        codes
            .find(key, slug)
            .orElseThrow(() -> new Refused(404, "no code with the slug " + slug)));
  }

  private static void require(String method, HttpExchange exchange) throws Refused {
    if (!exchange.getRequestMethod().equals(method)) {
      throw new Refused(405, "only " + method);
    }
  }

  private static String slug(String segment) throws Refused {
    if (!segment.startsWith("/")) {
      throw new Refused(404, "no such page");
    }
    return CodeRequest.name(segment.substring(1));
  }

  private static byte[] body(HttpExchange exchange) throws IOException, Refused {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY_BYTES + 1);
    if (body.length > LARGEST_BODY_BYTES) {
      throw new Refused(413, "a request is at most " + LARGEST_BODY_BYTES + " bytes");
    }
    return body;
  }

  private static Answer code(int status, Code code) {
    return new Answer(
        status,
        json -> {
          json.writeStartObject();
          json.writeStringField("slug", code.slug());
          json.writeStringField("target", code.target());
          json.writeNumberField("scans", code.scans());
          json.writeEndObject();
        });
  }
}
