package dev.drillbook.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drillbook.site.Redis;
import dev.drillbook.timeline.DrillException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.args.ListPosition;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.params.XReadGroupParams;

/** Images of a real Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisImageIT {
  private static final long FAR_OFF = Instant.parse("2999-01-01T00:00:00Z").toEpochMilli();

  private StoreSite site;
  private Redis store;
  private Jedis redis;
  private Path folder;

  @BeforeAll
  void bringUp(@TempDir Path planFolder) throws Exception {
    folder = planFolder;
    site = new StoreSite(planFolder);
    store = site.cache();
    site.bringUp();
    redis = store.connect();
  }

  @AfterAll
  void close() {
    redis.close();
    site.close();
  }

  @BeforeEach
  void fill() {
    redis.flushAll();
    for (int i = 0; i < 30; i++) {
      redis.set("text:" + i, "value " + i);
      redis.rpush("list:" + i, "a", "b", "c" + i);
      redis.sadd("set:" + i, "x", "y", "z" + i);
      redis.hset("hash:" + i, Map.of("f", "1", "g", "" + i));
      redis.zadd("zset:" + i, Map.of("m", 1.5, "n", (double) i));
    }
    redis.sadd("numbers", "1", "2", "3");
    redis.set("session", "s");
    redis.pexpireAt("session", FAR_OFF);
    redis.set(new byte[] {0, (byte) 0xff, '\\'}, new byte[] {1});
    redis.xadd("stream", new StreamEntryID("1-1"), Map.of("k", "v"));
    redis.xadd("stream", new StreamEntryID("2-1"), Map.of("k", "w", "l", "x"));
    redis.xgroupCreate("stream", "readers", new StreamEntryID("0-0"), false);
    redis.xreadGroup(
        "readers",
        "one",
        XReadGroupParams.xReadGroupParams().count(1),
        Map.of("stream", StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
  }

  private static GroupChanges changes(StoreImage before, StoreImage after) {
    assertThat(after.groups().keySet()).isEqualTo(before.groups().keySet());
    return GroupChanges.between(
        before.kind(), before.groups().get("db0"), after.groups().get("db0"));
  }

  private GroupChanges changesSince(StoreImage before) {
    return changes(before, StoreImages.read(store));
  }

  @Test
  void whatWasNotTouchedIsTheSame() {
    StoreImage before = StoreImages.read(store);
    assertThat(before.count()).isEqualTo(154);
    assertThat(changesSince(before)).matches(GroupChanges::same).matches(GroupChanges::told);
  }

  @Test
  void everyTypeAndAttributeIsLookedAt() {
    change("text:1", r -> r.append("text:1", "!"));
    change("text:2", r -> r.setbit("text:2", 0, true));
    change("list:1", r -> r.lset("list:1", 0, "b"));
    change("list:2", r -> r.linsert("list:2", ListPosition.BEFORE, "b", "b"));
    change("set:1", r -> r.srem("set:1", "x"));
    change("hash:1", r -> r.hset("hash:1", "f", "2"));
    change("zset:1", r -> r.zadd("zset:1", Math.nextUp(1.5), "m"));
    change("text:3", r -> r.pexpireAt("text:3", FAR_OFF));
    change("session", r -> r.persist("session"));
    change("session", r -> r.pexpireAt("session", FAR_OFF + 3_600_000));
    change("stream", r -> r.xadd("stream", new StreamEntryID("3-1"), Map.of("k", "v")));
    change("stream", r -> r.xack("stream", "readers", new StreamEntryID("1-1")));
    change("stream", r -> r.xgroupSetID("stream", "readers", new StreamEntryID("2-1")));
    change("text:4", r -> r.del("text:4"));
    change("new", r -> r.set("new", ""));
    change(
        "list:3",
        r -> {
          r.del("list:3");
          r.sadd("list:3", "a", "b", "c3");
        });
    change("\\x00\\xff\\x5c", r -> r.del(new byte[] {0, (byte) 0xff, '\\'}));
  }

  private void change(String key, Consumer<Jedis> how) {
    fill();
    StoreImage before = StoreImages.read(store);
    how.accept(redis);
    GroupChanges changes = changesSince(before);
    assertThat(changes.missing() + changes.changed() + changes.extra()).as(key).isEqualTo(1);
    assertThat(changes.examples().get(0)).startsWith("key " + key + " ");
  }

  @Test
  void theOrderOfListsCountsAndThatOfSetsAndHashesDoesNot() {
    StoreImage before = StoreImages.read(store);
    redis.del("set:1", "hash:1", "numbers");
    redis.sadd("set:1", "z1", "y", "x", "w");
    redis.srem("set:1", "w");
    redis.hset("hash:1", "g", "1");
    redis.hset("hash:1", "f", "1");
    redis.sadd("numbers", "3", "no number", "2", "1"); // Encoded in another way from now on.
    redis.srem("numbers", "no number");
    assertThat(changesSince(before).same()).isTrue();
    redis.del("list:1");
    redis.rpush("list:1", "b", "a", "c1");
    assertThat(changesSince(before).examples()).containsExactly("key list:1 differs");
  }

  @Test
  void aKeyThatHasExpiredIsNoDifferenceAndOneThatHadTimeIs() {
    redis.set("brief", "soon gone", SetParams.setParams().px(300));
    StoreImage before = StoreImages.read(store);
    await().until(() -> !redis.exists("brief"));
    GroupChanges changes = changesSince(before);
    assertThat(changes).matches(GroupChanges::same);
    assertThat(changes.expired()).isEqualTo(1);
    redis.del("session");
    assertThat(changesSince(before).examples()).containsExactly("key session is missing");
  }

  @Test
  void everyLogicalDatabaseIsAGroup() {
    redis.select(3);
    redis.set("elsewhere", "1");
    redis.select(0);
    StoreImage image = StoreImages.read(store);
    assertThat(image.groups().keySet()).containsExactly("db0", "db3");
    assertThat(image.groups().get("db3").count()).isEqualTo(1);
    redis.flushAll();
    assertThat(StoreImages.read(store).groups().keySet()).containsExactly("db0");
  }

  /** Their hashes do not depend on whether they were read at once or in pieces. */
  @Test
  void largeValuesAreReadInPiecesAndSeenToTheLastElement() {
    byte[] large = new byte[3 << 20];
    new Random(7).nextBytes(large);
    redis.set("large".getBytes(java.nio.charset.StandardCharsets.UTF_8), large);
    try (var pipeline = redis.pipelined()) {
      for (int i = 0; i < 20_000; i++) {
        pipeline.rpush("long list", "element " + i);
        pipeline.sadd("long set", "member " + i);
        pipeline.hset("long hash", "field " + i, "value " + i);
        pipeline.zadd("long zset", i % 7, "member " + i);
        pipeline.xadd("long stream", new StreamEntryID(i + 1, 0), Map.of("n", "" + i));
      }
    }
    StoreImage before = StoreImages.read(store);
    assertThat(changesSince(before)).matches(GroupChanges::same);
    redis.setbit("large", (8L * large.length) - 1, !redis.getbit("large", (8L * large.length) - 1));
    redis.lset("long list", -1, "other");
    redis.srem("long set", "member 19999");
    redis.hset("long hash", "field 19999", "other");
    redis.zadd("long zset", 8, "member 19999");
    redis.xdel("long stream", new StreamEntryID(20_000, 0));
    assertThat(changesSince(before).changed()).isEqualTo(6);
  }

  @Test
  void beyondItsBudgetOnlySumsAreKeptAndADifferenceIsStillSeen() {
    StoreImage before = StoreImages.read(store, new KeyBudget(20, 1 << 20));
    assertThat(before.groups().get("db0").kept()).isEmpty();
    assertThat(changesSince(before)).matches(GroupChanges::same);
    redis.lset("list:1", 0, "b");
    assertThat(changesSince(before)).matches(changes -> !changes.same() && !changes.told());
  }

  /** None missed of 200, each looked for by itself. */
  @Test
  void everySingleMutationIsSeen() {
    Random random = new Random(42);
    for (int round = 0; round < 200; round++) {
      StoreImage before = StoreImages.read(store);
      String key = anyTextKey();
      mutate(key, random);
      GroupChanges changes = changesSince(before);
      assertThat(changes.missing() + changes.changed()).as("round %d: %s", round, key).isEqualTo(1);
      if (round % 20 == 0) {
        fill();
      }
    }
  }

  /** One key's name is no text, and cannot be told by one. */
  private String anyTextKey() {
    String key = redis.randomKey();
    while (key.indexOf('\uFFFD') >= 0) {
      key = redis.randomKey();
    }
    return key;
  }

  private void mutate(String key, Random random) {
    String any = "other " + random.nextInt();
    switch (random.nextInt(4)) {
      case 0 -> redis.del(key);
      case 1 -> redis.pexpireAt(key, FAR_OFF + 3_600_000L * (1 + random.nextInt(1_000_000)));
      default -> {
        switch (redis.type(key)) {
          case "string" -> {
            int bit = random.nextInt(8);
            redis.setbit(key, bit, !redis.getbit(key, bit));
          }
          case "list" -> redis.lset(key, random.nextInt(3), any);
          case "set" -> redis.sadd(key, any);
          case "hash" -> redis.hset(key, "f", any);
          case "zset" -> redis.zincrby(key, 1 + random.nextInt(9), "m");
          default -> redis.del(key);
        }
      }
    }
  }

  @Test
  void anRdbFileBringsTheSameImageBack() throws Exception {
    Path saved = folder.resolve("saved.rdb");
    Random random = new Random(42);
    for (int round = 0; round < 44; round++) {
      mutate(redis.randomKey(), random);
      StoreImage before = StoreImages.read(store);
      redis.save();
      Files.copy(store.rdbFile(), saved, StandardCopyOption.REPLACE_EXISTING);
      redis.flushAll();
      redis.close();
      store.load(saved);
      redis = store.connect();
      assertThat(changesSince(before)).matches(GroupChanges::same);
    }
  }

  /** What scripts do that move keys by DUMP and RESTORE: the time that is left starts anew. */
  @Test
  void aKeyThatWasRestoredWithTheTimeItHadLeftIsTheSame() {
    StoreImage before = StoreImages.read(store);
    long left = redis.pttl("session");
    byte[] dumped = redis.dump("session");
    await().until(() -> redis.pttl("session") < left);
    redis.del("session");
    redis.restore("session", left, dumped);
    assertThat(redis.pexpireTime("session")).isGreaterThan(FAR_OFF);
    assertThat(changesSince(before)).matches(GroupChanges::same);
  }

  @Test
  void aStoreThatDoesNotAnswerIsSaidToBeSilent() {
    store.stop();
    try {
      assertThatThrownBy(() -> StoreImages.read(store))
          .isInstanceOf(DrillException.class)
          .hasMessageContaining("what cache holds could not be read");
    } finally {
      store.start();
      redis.close();
      redis = store.connect();
    }
  }
}
