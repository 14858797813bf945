package dhakacart;

import com.sun.net.httpserver.HttpExchange;
import web.Answer;
import web.Database;
import web.Endpoint;
import web.Refused;

/** {@code GET /api/products?limit=n}. */
final class ProductsEndpoint implements Endpoint {
  private static final int DEFAULT_LIMIT = 50;
  private static final int HIGHEST_LIMIT = 1000;

  private final ProductStore products;

  ProductsEndpoint(ProductStore products) {
    this.products = products;
  }

  @Override
  public Answer answer(HttpExchange exchange) throws Refused, Database.Unavailable {
    if (!exchange.getRequestURI().getPath().equals("/api/products")) {
      throw new Refused(404, "no such page");
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      throw new Refused(405, "only GET");
    }
    var listed = products.list(limit(exchange.getRequestURI().getQuery()));
    return new Answer(
        200,
        json -> {
          json.writeStartArray();
          for (Product product : listed) {
            json.writeStartObject();
            json.writeNumberField("id", product.id());
            json.writeStringField("sku", product.sku());
            json.writeStringField("name", product.name());
            json.writeNumberField("priceCents", product.priceCents());
            json.writeNumberField("stock", product.stock());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static int limit(String query) throws Refused {
    if (query == null) {
      return DEFAULT_LIMIT;
    }
    try {
      int limit = Integer.parseInt(query.replaceFirst("^limit=", ""));
      if (limit >= 1 && limit <= HIGHEST_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new Refused(400, "limit must be 1 to " + HIGHEST_LIMIT);
  }
}
