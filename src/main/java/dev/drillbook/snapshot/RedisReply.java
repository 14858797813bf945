package dev.drillbook.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.util.KeyValue;

/** Replies of Redis as they come, whichever version of its protocol was agreed on. */
final class RedisReply {
  private RedisReply() {}

  static byte[] bytes(Object reply) {
    return reply instanceof byte[] raw
        ? raw
        : String.valueOf(reply).getBytes(StandardCharsets.UTF_8);
  }

  static String text(Object reply) {
    return new String(bytes(reply), StandardCharsets.UTF_8);
  }

  static long number(Object reply) {
    return reply instanceof Long number ? number : Long.parseLong(text(reply));
  }

  /** A score of a sorted set, to the last bit. */
  static long scoreBits(Object reply) {
    if (reply instanceof Double score) {
      return Double.doubleToLongBits(score);
    }
    String text = text(reply);
    return Double.doubleToLongBits(
        switch (text) {
          case "inf", "+inf" -> Double.POSITIVE_INFINITY;
          case "-inf" -> Double.NEGATIVE_INFINITY;
          default -> Double.parseDouble(text);
        });
  }

  static List<Object> list(Object reply) {
    return reply == null ? List.of() : new ArrayList<>((Collection<?>) reply);
  }

  /** The values of lists, maps and pairs, however deep, in one list. */
  static List<Object> flat(Object reply) {
    List<Object> values = new ArrayList<>();
    flatten(reply, values);
    return values;
  }

  private static void flatten(Object reply, List<Object> into) {
    if (reply instanceof Collection<?> several) {
      several.forEach(each -> flatten(each, into));
    } else if (reply instanceof KeyValue<?, ?> pair) {
      flatten(pair.getKey(), into);
      flatten(pair.getValue(), into);
    } else if (reply instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            flatten(key, into);
            flatten(value, into);
          });
    } else if (reply != null) {
      into.add(reply);
    }
  }
}
