package dev.drillbook.snapshot;

import static dev.drillbook.snapshot.RedisReader.utf8;
import static redis.clients.jedis.Protocol.Command.XINFO;
import static redis.clients.jedis.Protocol.Command.XPENDING;
import static redis.clients.jedis.Protocol.Command.XRANGE;

import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.KeyValue;

/**
 * Hashes streams: their entries, the last id that was given out, and the groups of consumers with
 * what they were delivered and have not acknowledged. When that was is no part of it.
 */
final class RedisStreams {
  private static final byte[] PAGE = utf8("500");
  private static final byte[] LAST = utf8("+");

  private final Jedis redis;

  RedisStreams(Jedis redis) {
    this.redis = redis;
  }

  void addTo(EntryHash.Builder hash, byte[] key) {
    byte[] from = utf8("-");
    List<Object> page = entries(key, from);
    while (!page.isEmpty()) {
      for (Object entry : page) {
        List<Object> idAndFields = RedisReply.flat(entry);
        hash.number(idAndFields.size());
        idAndFields.forEach(part -> hash.part(RedisReply.bytes(part)));
        from = after(idAndFields.get(0));
      }
      page = entries(key, from);
    }
    hash.number(-1).part(RedisReply.bytes(info("STREAM", key, "last-generated-id")));
    for (Object group : RedisReply.list(redis.sendCommand(XINFO, utf8("GROUPS"), key))) {
      byte[] name = RedisReply.bytes(field(group, "name"));
      hash.part(name).part(RedisReply.bytes(field(group, "last-delivered-id")));
      addPending(hash, key, name);
    }
  }

  private List<Object> entries(byte[] key, byte[] from) {
    return RedisReply.list(redis.sendCommand(XRANGE, key, from, LAST, utf8("COUNT"), PAGE));
  }

  /** Its id, its consumer, for how long, and how often it was delivered. */
  private void addPending(EntryHash.Builder hash, byte[] key, byte[] group) {
    byte[] from = utf8("-");
    List<Object> page = RedisReply.list(redis.sendCommand(XPENDING, key, group, from, LAST, PAGE));
    while (!page.isEmpty()) {
      for (Object pending : page) {
        List<Object> parts = RedisReply.list(pending);
        hash.part(RedisReply.bytes(parts.get(0)))
            .part(RedisReply.bytes(parts.get(1)))
            .number(RedisReply.number(parts.get(3)));
        from = after(parts.get(0));
      }
      page = RedisReply.list(redis.sendCommand(XPENDING, key, group, from, LAST, PAGE));
    }
    hash.number(-1);
  }

  private static byte[] after(Object id) {
    return utf8("(" + RedisReply.text(id));
  }

  private Object info(String what, byte[] key, String field) {
    return field(redis.sendCommand(XINFO, utf8(what), key), field);
  }

  /** A field of a reply that is a list of pairs, or of names and values in turn. */
  private static Object field(Object reply, String name) {
    List<Object> parts = RedisReply.list(reply);
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof KeyValue<?, ?> pair) {
        if (RedisReply.text(pair.getKey()).equals(name)) {
          return pair.getValue();
        }
      } else if (i % 2 == 0 && RedisReply.text(parts.get(i)).equals(name)) {
        return parts.get(i + 1);
      }
    }
    throw new IllegalStateException("XINFO did not tell " + name);
  }
}
