package dev.drillbook.snapshot;

import static dev.drillbook.snapshot.RedisReader.utf8;
import static redis.clients.jedis.Protocol.Command.DUMP;
import static redis.clients.jedis.Protocol.Command.GET;
import static redis.clients.jedis.Protocol.Command.GETRANGE;
import static redis.clients.jedis.Protocol.Command.HGETALL;
import static redis.clients.jedis.Protocol.Command.HLEN;
import static redis.clients.jedis.Protocol.Command.HSCAN;
import static redis.clients.jedis.Protocol.Command.LLEN;
import static redis.clients.jedis.Protocol.Command.LRANGE;
import static redis.clients.jedis.Protocol.Command.SCARD;
import static redis.clients.jedis.Protocol.Command.SMEMBERS;
import static redis.clients.jedis.Protocol.Command.SSCAN;
import static redis.clients.jedis.Protocol.Command.STRLEN;
import static redis.clients.jedis.Protocol.Command.ZCARD;
import static redis.clients.jedis.Protocol.Command.ZRANGE;

import dev.drillbook.timeline.DrillException;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Response;

/**
 * Hashes the values of Redis's types: the members of sets and the fields of hashes without an
 * order, all else in order, scores to the last bit. However a value is read and however the server
 * encodes it, its hash is the same.
 */
final class RedisValues {
  private static final int PIECE_BYTES = 1 << 20;
  private static final int PIECE_ELEMENTS = 1_000;
  private static final int SCANS_AT_MOST = 5;

  private final Jedis redis;
  private final RedisStreams streams;

  RedisValues(Jedis redis) {
    this.redis = redis;
    this.streams = new RedisStreams(redis);
  }

  /** Whether one command can read a value of the type. */
  boolean areSmall(String type) {
    return !type.equals("stream");
  }

  Response<Object> ask(Pipeline pipeline, byte[] key, String type) {
    return switch (type) {
      case "string" -> pipeline.sendCommand(GET, key);
      case "list" -> pipeline.sendCommand(LRANGE, key, utf8("0"), utf8("-1"));
      case "set" -> pipeline.sendCommand(SMEMBERS, key);
      case "hash" -> pipeline.sendCommand(HGETALL, key);
      case "zset" -> pipeline.sendCommand(ZRANGE, key, utf8("0"), utf8("-1"), utf8("WITHSCORES"));
      default -> pipeline.sendCommand(DUMP, key);
    };
  }

  /** Empty where the key is gone: no key holds an empty list, set or hash. */
  Optional<EntryHash> hash(byte[] key, String type, Object reply) {
    EntryHash.Builder hash = begin(key, type);
    if (reply == null || (reply instanceof java.util.Collection<?> c && c.isEmpty())) {
      return Optional.empty();
    }
    List<Object> elements = RedisReply.flat(reply);
    switch (type) {
      case "list" -> {
        hash.number(elements.size());
        elements.forEach(element -> hash.part(RedisReply.bytes(element)));
      }
      case "set" -> {
        HashSum sum = new HashSum();
        addMembers(sum, elements, 1);
        sum.into(hash);
      }
      case "hash" -> {
        HashSum sum = new HashSum();
        addMembers(sum, elements, 2);
        sum.into(hash);
      }
      case "zset" -> {
        hash.number(elements.size() / 2);
        addScored(hash, elements);
      }
      default -> hash.part(RedisReply.bytes(reply));
    }
    return Optional.of(hash.build());
  }

  /**
   * Reads a value that is too large to be read at once.
   *
   * @param bytes about how large it is
   */
  Optional<EntryHash> readInPieces(byte[] key, String type, long bytes) {
    EntryHash.Builder hash = begin(key, type);
    switch (type) {
      case "string" -> {
        long length = length(STRLEN, key);
        hash.number(length);
        for (long from = 0; from < length; from += PIECE_BYTES) {
          byte[] piece = RedisReply.bytes(range(GETRANGE, key, from, from + PIECE_BYTES - 1));
          hash.some(piece, piece.length);
        }
      }
      case "list" -> {
        long length = length(LLEN, key);
        hash.number(length);
        int step = step(bytes, length);
        for (long from = 0; from < length; from += step) {
          RedisReply.list(range(LRANGE, key, from, from + step - 1))
              .forEach(element -> hash.part(RedisReply.bytes(element)));
        }
      }
      case "zset" -> {
        long length = length(ZCARD, key);
        hash.number(length);
        int step = step(bytes, length);
        for (long from = 0; from < length; from += step) {
          addScored(
              hash, RedisReply.flat(range(ZRANGE, key, from, from + step - 1, utf8("WITHSCORES"))));
        }
      }
      case "set" -> scanned(SSCAN, SCARD, key, bytes, 1).into(hash);
      case "hash" -> scanned(HSCAN, HLEN, key, bytes, 2).into(hash);
      case "stream" -> streams.addTo(hash, key);
      default -> {
        return hash(key, type, redis.sendCommand(DUMP, key));
      }
    }
    return Optional.of(hash.build());
  }

  private static EntryHash.Builder begin(byte[] key, String type) {
    return new EntryHash.Builder().part(key).part(type);
  }

  private long length(Command command, byte[] key) {
    return RedisReply.number(redis.sendCommand(command, key));
  }

  private Object range(Command command, byte[] key, long from, long to, byte[]... more) {
    byte[][] arguments = new byte[3 + more.length][];
    arguments[0] = key;
    arguments[1] = utf8(String.valueOf(from));
    arguments[2] = utf8(String.valueOf(to));
    System.arraycopy(more, 0, arguments, 3, more.length);
    return redis.sendCommand(command, arguments);
  }

  private static int step(long bytes, long length) {
    long each = Math.max(1, bytes / Math.max(1, length));
    return (int) Math.max(1, Math.min(PIECE_ELEMENTS, PIECE_BYTES / each));
  }

  /** As with keys, a scan may hand members out twice; their number tells. */
  private HashSum scanned(Command scan, Command size, byte[] key, long bytes, int width) {
    byte[] count = utf8(String.valueOf(step(bytes, length(size, key))));
    for (int attempt = 1; attempt <= SCANS_AT_MOST; attempt++) {
      HashSum sum = new HashSum();
      byte[] cursor = utf8("0");
      do {
        List<Object> answer =
            RedisReply.list(redis.sendCommand(scan, key, cursor, utf8("COUNT"), count));
        cursor = RedisReply.bytes(answer.get(0));
        addMembers(sum, RedisReply.flat(answer.get(1)), width);
      } while (!RedisReply.text(cursor).equals("0"));
      if (sum.count() == length(size, key)) {
        return sum;
      }
    }
    throw new DrillException(
        RedisReader.shown(key) + " changes while it is read", "keep clients out meanwhile");
  }

  private static void addMembers(HashSum sum, List<Object> elements, int width) {
    for (int i = 0; i < elements.size(); i += width) {
      EntryHash.Builder member = new EntryHash.Builder();
      for (Object part : elements.subList(i, i + width)) {
        member.part(RedisReply.bytes(part));
      }
      sum.add(member.build());
    }
  }

  private static void addScored(EntryHash.Builder hash, List<Object> membersAndScores) {
    for (int i = 0; i < membersAndScores.size(); i += 2) {
      hash.part(RedisReply.bytes(membersAndScores.get(i)));
      hash.number(RedisReply.scoreBits(membersAndScores.get(i + 1)));
    }
  }
}
