package dhakacart;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import web.Refused;

/**
 * What a client asks for: {@code {"ref":"r-1","customerId":7,"items":[{"productId":3,
 * "quantity":2}]}}.
 *
 * <p>Read token by token: data binding takes longer to load than all the rest of the shop, and the
 * shop's start is part of every recovery time.
 */
record OrderRequest(String ref, long customerId, List<Item> items) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern REF = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final int MOST_ITEMS = 100;
  private static final int LARGEST_QUANTITY = 1000;

  /** One line of an order. */
  record Item(long productId, int quantity) {}

  OrderRequest {
    items = List.copyOf(items);
  }

  /**
   * Reads a request and checks all that needs no database.
   *
   * @throws Refused with 400 if it is not such a request
   */
  static OrderRequest parse(byte[] body) throws Refused {
    String ref = null;
    long customerId = 0;
    List<Item> items = List.of();
    try (JsonParser json = JSON.createParser(body)) {
      expect(json, json.nextToken(), JsonToken.START_OBJECT, "an order");
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        switch (field) {
          case "ref" -> {
            expect(json, value, JsonToken.VALUE_STRING, field);
            ref = json.getText();
          }
          case "customerId" -> {
            expect(json, value, JsonToken.VALUE_NUMBER_INT, field);
            customerId = json.getLongValue();
          }
          case "items" -> {
            expect(json, value, JsonToken.START_ARRAY, field);
            items = items(json);
          }
          default -> throw new Refused(400, "unknown field: " + field);
        }
      }
      if (json.nextToken() != null) {
        throw new Refused(400, "more than one value in the request");
      }
    } catch (JsonProcessingException e) {
      throw new Refused(400, "not JSON that can be read: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new Refused(400, "not JSON that can be read");
    }
    return new OrderRequest(ref, customerId, items).checked();
  }

  /** Whether a text could be the reference of an order at all. */
  static boolean isRef(String text) {
    return REF.matcher(text).matches();
  }

  private static List<Item> items(JsonParser json) throws IOException, Refused {
    List<Item> items = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json, json.currentToken(), JsonToken.START_OBJECT, "items");
      long productId = 0;
      int quantity = 0;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String field = json.currentName();
        expect(json, json.nextToken(), JsonToken.VALUE_NUMBER_INT, field);
        switch (field) {
          case "productId" -> productId = json.getLongValue();
          case "quantity" -> quantity = json.getIntValue();
          default -> throw new Refused(400, "unknown field in items: " + field);
        }
      }
      items.add(new Item(productId, quantity));
    }
    return items;
  }

  private static void expect(JsonParser json, JsonToken found, JsonToken wanted, String what)
      throws Refused {
    if (found != wanted) {
      throw new Refused(
          400,
          "%s: expected %s, found %s at column %d"
              .formatted(what, wanted, found, json.currentTokenLocation().getColumnNr()));
    }
  }

  private OrderRequest checked() throws Refused {
    if (ref == null || !isRef(ref)) {
      throw new Refused(400, "ref must match " + REF);
    }
    if (customerId <= 0) {
      throw new Refused(400, "customerId must be given, above 0");
    }
    if (items.isEmpty() || items.size() > MOST_ITEMS) {
      throw new Refused(400, "items must be 1 to " + MOST_ITEMS);
    }
    if (items.stream().anyMatch(i -> i.quantity() < 1 || i.quantity() > LARGEST_QUANTITY)) {
      throw new Refused(400, "quantity must be 1 to " + LARGEST_QUANTITY);
    }
    if (items.stream().map(Item::productId).distinct().count() < items.size()) {
      throw new Refused(400, "items must name each product once");
    }
    return this;
  }
}
