package dev.drillbook.proxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drillbook.proxy.Refusal.Reason;
import java.util.ArrayList;
import java.util.List;

/** The API's JSON, read and written. What is absent or null keeps its default. */
final class ApiJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ApiJson() {}

  static ProxyOrder newProxy(String body) {
    return newProxy(readObject(body), "");
  }

  static List<ProxyOrder> newProxies(String body) {
    JsonNode root = read(body);
    if (!root.isArray() && !root.isNull()) {
      throw malformed("expected an array of proxies");
    }
    List<ProxyOrder> orders = new ArrayList<>();
    for (JsonNode node : root) {
      if (!node.isObject() && !node.isNull()) {
        throw malformed("expected each proxy to be an object");
      }
      orders.add(newProxy(new Fields(node), " at proxy " + (orders.size() + 1)));
    }
    return orders;
  }

  private static ProxyOrder newProxy(Fields fields, String where) {
    ProxyOrder order =
        new ProxyOrder(
            fields.text("name", ""),
            fields.text("listen", ""),
            fields.text("upstream", ""),
            fields.flag("enabled", true));
    if (order.name().isEmpty()) {
      throw new Refusal(Reason.MALFORMED, "missing required field: name" + where);
    }
    if (order.upstream().isEmpty()) {
      throw new Refusal(Reason.MALFORMED, "missing required field: upstream" + where);
    }
    return order;
  }

  /** The name stays. */
  static ProxyOrder changedProxy(ProxyOrder now, String body) {
    Fields fields = readObject(body);
    return new ProxyOrder(
        now.name(),
        fields.text("listen", now.listen()),
        fields.text("upstream", now.upstream()),
        fields.flag("enabled", now.enabled()));
  }

  /** Refuses in the real server's order: the stream, the type, the name, the attributes. */
  static Toxic newToxic(String body, List<Toxic> existing) {
    Fields fields = readObject(body);
    String typeName = fields.text("type", "");
    float toxicity = fields.fraction("toxicity", 1);
    Fields attributes = fields.object("attributes");
    StreamSide side = StreamSide.named(fields.text("stream", "downstream"));
    String name = fields.text("name", "");
    if (name.isEmpty()) {
      name = typeName + "_" + side;
    }
    ToxicType type = ToxicType.named(typeName);
    ToxicChain.refuseExisting(name, existing);
    return new Toxic(name, type, side, toxicity, values(type, attributes, type.defaults()));
  }

  /** Name, type and stream stay. */
  static Toxic changedToxic(Toxic now, String body) {
    Fields fields = readObject(body);
    return now.changed(
        fields.fraction("toxicity", now.toxicity()),
        values(now.type(), fields.object("attributes"), now.attributes()));
  }

  private static List<Long> values(ToxicType type, Fields fields, List<Long> defaults) {
    List<Long> values = new ArrayList<>();
    for (String attribute : type.attributes()) {
      values.add(fields.whole(attribute, defaults.get(values.size())));
    }
    return List.copyOf(values);
  }

  static ObjectNode object() {
    return NODES.objectNode();
  }

  static ObjectNode error(String message, int status) {
    return object().put("error", message).put("status", status);
  }

  static ObjectNode byName(List<ProxyState> proxies) {
    ObjectNode node = object();
    proxies.forEach(proxy -> node.set(proxy.name(), of(proxy)));
    return node;
  }

  /** The real server says null for no proxies at all. */
  static ObjectNode populated(ObjectNode outcome, List<ProxyState> proxies) {
    if (proxies.isEmpty()) {
      return outcome.putNull("proxies");
    }
    ArrayNode array = outcome.putArray("proxies");
    proxies.forEach(proxy -> array.add(of(proxy)));
    return outcome;
  }

  static ObjectNode of(ProxyState proxy) {
    ObjectNode node =
        object()
            .put("name", proxy.name())
            .put("listen", proxy.listen())
            .put("upstream", proxy.upstream())
            .put("enabled", proxy.enabled());
    node.set("toxics", of(proxy.toxics()));
    return node;
  }

  static ArrayNode of(List<Toxic> toxics) {
    ArrayNode array = NODES.arrayNode();
    toxics.forEach(toxic -> array.add(of(toxic)));
    return array;
  }

  static ObjectNode of(Toxic toxic) {
    ObjectNode node = object();
    ObjectNode attributes = node.putObject("attributes");
    List<String> names = toxic.type().attributes();
    for (int i = 0; i < names.size(); i++) {
      attributes.put(names.get(i), toxic.attributes().get(i));
    }
    node.put("name", toxic.name())
        .put("type", toxic.type().toString())
        .put("stream", toxic.side().toString());
    float toxicity = toxic.toxicity();
    return toxicity == (long) toxicity
        ? node.put("toxicity", (long) toxicity)
        : node.put("toxicity", toxicity);
  }

  static Refusal malformed(String why) {
    return new Refusal(Reason.MALFORMED, "bad request body: " + why);
  }

  private static Fields readObject(String body) {
    JsonNode node = read(body);
    if (!node.isObject() && !node.isNull()) {
      throw malformed("expected an object");
    }
    return new Fields(node);
  }

  private static JsonNode read(String body) {
    try {
      JsonNode node = MAPPER.readTree(body);
      if (node.isMissingNode()) {
        throw malformed("it is empty");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw malformed(e.getOriginalMessage());
    }
  }
}
