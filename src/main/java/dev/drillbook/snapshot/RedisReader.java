package dev.drillbook.snapshot;

import static redis.clients.jedis.Protocol.Command.DBSIZE;
import static redis.clients.jedis.Protocol.Command.MEMORY;
import static redis.clients.jedis.Protocol.Command.PEXPIRETIME;
import static redis.clients.jedis.Protocol.Command.SCAN;
import static redis.clients.jedis.Protocol.Command.TYPE;

import dev.drillbook.timeline.DrillException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/**
 * Reads all keys of a Redis server by SCAN: many small values at a time, large ones in pieces.
 *
 * <p>SCAN hands out every key that is there all the time, and a few of them twice. Where keys are
 * kept, the second one is told by its name; else the count is held against DBSIZE, and the scan is
 * repeated.
 */
final class RedisReader {
  private static final Pattern KEYSPACE = Pattern.compile("^db(\\d+):", Pattern.MULTILINE);
  private static final byte[] FIRST_CURSOR = {'0'};
  private static final int SCAN_COUNT = 500;
  private static final long SMALL_BYTES = 256 << 10;
  private static final long BATCH_BYTES = 8 << 20;
  private static final int SCANS_AT_MOST = 5;

  private final Jedis redis;
  private final RedisValues values;
  private final KeyBudget budget;

  RedisReader(Jedis redis, KeyBudget budget) {
    this.redis = redis;
    this.values = new RedisValues(redis);
    this.budget = budget;
  }

  /** A key, and what is known of it before its value is read. */
  private static final class Key {
    private final byte[] name;
    private final String type;
    private final long expiresAtMillis;
    private final long bytes;

    Key(byte[] name, String type, long expiresAtMillis, long bytes) {
      this.name = name;
      this.type = type;
      this.expiresAtMillis = expiresAtMillis;
      this.bytes = bytes;
    }
  }

  /** The first logical database is always among them, that an empty one be seen. */
  StoreImage read() {
    TreeSet<Integer> databases = new TreeSet<>(List.of(0));
    Matcher matcher = KEYSPACE.matcher(redis.info("keyspace"));
    while (matcher.find()) {
      databases.add(Integer.valueOf(matcher.group(1)));
    }
    SortedMap<String, GroupImage> groups = new TreeMap<>();
    for (int database : databases) {
      redis.select(database);
      groups.put("db" + database, read("db" + database));
    }
    return new StoreImage(StoreImage.Kind.REDIS, groups);
  }

  private GroupImage read(String name) {
    for (int scan = 1; scan <= SCANS_AT_MOST; scan++) {
      GroupReading reading = new GroupReading(name, budget);
      byte[] cursor = FIRST_CURSOR;
      do {
        List<Object> answer =
            RedisReply.list(
                redis.sendCommand(SCAN, cursor, utf8("COUNT"), utf8(String.valueOf(SCAN_COUNT))));
        cursor = RedisReply.bytes(answer.get(0));
        add(reading, RedisReply.list(answer.get(1)));
      } while (!RedisReply.text(cursor).equals("0"));
      if (reading.keepsKeys() || reading.count() == RedisReply.number(redis.sendCommand(DBSIZE))) {
        return reading.buildOfDistinctKeys(serverTime());
      }
    }
    throw new DrillException(
        name + " changes while it is read: SCAN and DBSIZE disagree, " + SCANS_AT_MOST + " times",
        "keep clients out meanwhile");
  }

  /** Keys expire by its clock. */
  private Instant serverTime() {
    List<String> time = redis.time();
    return Instant.ofEpochSecond(Long.parseLong(time.get(0)), Long.parseLong(time.get(1)) * 1_000);
  }

  private void add(GroupReading reading, List<Object> names) {
    List<Key> batch = new ArrayList<>();
    long bytes = 0;
    for (Key key : described(names)) {
      if (key.bytes > SMALL_BYTES || !values.areSmall(key.type)) {
        Optional<EntryHash> hash = values.readInPieces(key.name, key.type, key.bytes);
        if (key.expiresAtMillis == KeptKeys.NEVER || redis.exists(key.name)) {
          add(reading, key, hash);
        }
      } else {
        batch.add(key);
        bytes += key.bytes;
        if (bytes > BATCH_BYTES) {
          addSmall(reading, batch);
          batch.clear();
          bytes = 0;
        }
      }
    }
    addSmall(reading, batch);
  }

  private List<Key> described(List<Object> names) {
    List<Response<Object>> answers = new ArrayList<>();
    try (Pipeline pipeline = redis.pipelined()) {
      for (Object name : names) {
        byte[] key = RedisReply.bytes(name);
        answers.add(pipeline.sendCommand(TYPE, key));
        answers.add(pipeline.sendCommand(PEXPIRETIME, key));
        answers.add(pipeline.sendCommand(MEMORY, utf8("USAGE"), key));
      }
    }
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Object bytes = answers.get(3 * i + 2).get();
      if (bytes != null) { // Else it has expired meanwhile.
        keys.add(
            new Key(
                RedisReply.bytes(names.get(i)),
                RedisReply.text(answers.get(3 * i).get()),
                Math.max(KeptKeys.NEVER, RedisReply.number(answers.get(3 * i + 1).get())),
                RedisReply.number(bytes)));
      }
    }
    return keys;
  }

  private void addSmall(GroupReading reading, List<Key> keys) {
    List<Response<Object>> answers = new ArrayList<>();
    try (Pipeline pipeline = redis.pipelined()) {
      keys.forEach(key -> answers.add(values.ask(pipeline, key.name, key.type)));
    }
    for (int i = 0; i < keys.size(); i++) {
      Key key = keys.get(i);
      add(reading, key, values.hash(key.name, key.type, answers.get(i).get()));
    }
  }

  private static void add(GroupReading reading, Key key, Optional<EntryHash> hash) {
    hash.ifPresent(there -> reading.add(shown(key.name), there, key.expiresAtMillis));
  }

  /** A key is any bytes; those that are no plain text are shown as {@code \xNN}. */
  static String shown(byte[] key) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
      if (text.chars().noneMatch(c -> Character.isISOControl(c) || c == '\\')) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // Bytes, then.
    }
    StringBuilder shown = new StringBuilder();
    for (byte b : key) {
      shown.append(
          b > ' ' && b < 127 && b != '\\' ? String.valueOf((char) b) : "\\x%02x".formatted(b));
    }
    return shown.toString();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
