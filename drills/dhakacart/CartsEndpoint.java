package dhakacart;

import com.sun.net.httpserver.HttpExchange;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import web.Answer;
import web.Database;
import web.Endpoint;
import web.Refused;

/** {@code PUT /api/carts/{id}?product=3&quantity=2} and {@code GET /api/carts/{id}}. */
final class CartsEndpoint implements Endpoint {
  private static final String PATH = "/api/carts/";
  private static final Pattern ITEM =
      Pattern.compile("product=([1-9]\\d{0,9})&quantity=([1-9]\\d{0,2})");

  private final CartStore carts;
  private final ProductStore products;

  CartsEndpoint(CartStore carts, ProductStore products) {
    this.carts = carts;
    this.products = products;
  }

  @Override
  public Answer answer(HttpExchange exchange) throws Refused, Database.Unavailable {
    String path = exchange.getRequestURI().getPath();
    if (!path.startsWith(PATH) || !OrderRequest.isRef(path.substring(PATH.length()))) {
      throw new Refused(404, "no such page");
    }
    String cart = path.substring(PATH.length());
    try {
      return switch (exchange.getRequestMethod()) {
        case "PUT" -> put(cart, String.valueOf(exchange.getRequestURI().getQuery()));
        case "GET" -> read(cart);
        default -> throw new Refused(405, "only PUT and GET");
      };
    } catch (CartStore.Unavailable e) {
      return Answer.error(503, "carts unavailable, nothing was changed", e.getMessage());
    } catch (CartStore.OutcomeUnknown e) {
      return Answer.error(504, "outcome unknown, look it up later", e.getMessage());
    }
  }

  private Answer put(String cart, String query)
      throws Refused, Database.Unavailable, CartStore.Unavailable, CartStore.OutcomeUnknown {
    Matcher item = ITEM.matcher(query);
    if (!item.matches()) {
      throw new Refused(400, "expected ?product=ID&quantity=1 to 999");
    }
    long product = Long.parseLong(item.group(1));
    int quantity = Integer.parseInt(item.group(2));
    if (!products.exists(product)) {
      throw new Refused(422, "unknown product: " + product);
    }
    carts.put(cart, product, quantity);
    return answer(Map.of(String.valueOf(product), String.valueOf(quantity)));
  }

  private Answer read(String cart) throws Refused, CartStore.Unavailable {
    Map<String, String> items = carts.read(cart);
    if (items.isEmpty()) {
      throw new Refused(404, "no cart " + cart);
    }
    return answer(items);
  }

  private static Answer answer(Map<String, String> items) {
    return new Answer(
        200,
        json -> {
          json.writeStartObject();
          for (Map.Entry<String, String> item : items.entrySet()) {
            json.writeStringField(item.getKey(), item.getValue());
          }
          json.writeEndObject();
        });
  }
}
