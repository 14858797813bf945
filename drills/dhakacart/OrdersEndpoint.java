package dhakacart;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import web.Answer;
import web.Database;
import web.Endpoint;
import web.Refused;

/**
 * {@code POST /api/orders}, {@code GET /api/orders/{ref}} and {@code POST
 * /api/orders/{ref}/cancel}. All three answer with the order as it is now in the database.
 */
final class OrdersEndpoint implements Endpoint {
  private static final String PATH = "/api/orders";
  private static final String CANCEL = "/cancel";
  private static final int LARGEST_BODY_BYTES = 64 * 1024;

  private final OrderStore orders;

  OrdersEndpoint(OrderStore orders) {
    this.orders = orders;
  }

  @Override
  public Answer answer(HttpExchange exchange)
      throws IOException, Refused, Database.Unavailable, Database.OutcomeUnknown {
    String method = exchange.getRequestMethod();
    String below = exchange.getRequestURI().getPath().substring(PATH.length());
    if (below.isEmpty()) {
      require("POST", method);
      return order(201, orders.place(OrderRequest.parse(body(exchange))));
    }
    if (below.endsWith(CANCEL)) {
      require("POST", method);
      return order(200, orders.cancel(ref(below.substring(0, below.length() - CANCEL.length()))));
    }
    require("GET", method);
    String ref = ref(below);
    return order(
        200, orders.find(ref).orElseThrow(() -> new Refused(404, "no order with ref " + ref)));
  }

  private static void require(String wanted, String method) throws Refused {
    if (!method.equals(wanted)) {
      throw new Refused(405, "only " + wanted);
    }
  }

  private static String ref(String segment) throws Refused {
    if (segment.startsWith("/") && OrderRequest.isRef(segment.substring(1))) {
      return segment.substring(1);
    }
    throw new Refused(404, "no such page");
  }

  private static byte[] body(HttpExchange exchange) throws IOException, Refused {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY_BYTES + 1);
    if (body.length > LARGEST_BODY_BYTES) {
      throw new Refused(413, "an order is at most " + LARGEST_BODY_BYTES + " bytes");
    }
    return body;
  }

  private static Answer order(int status, Order order) {
    return new Answer(
        status,
        json -> {
          json.writeStartObject();
          json.writeStringField("ref", order.ref());
          json.writeStringField("status", order.status());
          json.writeNumberField("totalCents", order.totalCents());
          json.writeNumberField("items", order.items());
          json.writeEndObject();
        });
  }
}
