package dev.drillbook.site.embedded;

import static dev.drillbook.fault.CorruptRdb.corruptRdb;
import static dev.drillbook.fault.EvictKeys.evictKeys;
import static dev.drillbook.fault.FlushKeys.flushKeys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drillbook.fault.ActiveFault;
import dev.drillbook.fault.Scene;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.Condition;
import dev.drillbook.site.Redis;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** A real Redis: what it keeps over its death, what it is restored from, and how it is broken. */
class EmbeddedRedisIT {
  private static final int KILLS = 5;

  @TempDir Path folder;
  private EmbeddedSite site;

  @AfterEach
  void close() {
    if (site != null) {
      site.close();
    }
  }

  private Redis bringUp(String persistence) throws IOException {
    site =
        EmbeddedSite.create(
            PlanLoader.load(
                Files.writeString(
                    folder.resolve("plan.yaml"),
                    """
                    system: tiny
                    title: One Redis
                    components:
                      cache: {kind: redis, persistence: %s}
                    backups:
                      rdb: {component: cache, schedule: "0 * * * *", retention: 1d, location: redis, encryption: none}
                    scenarios:
                      loss:
                        title: Loss
                        severity: P1
                        rto: 1h
                        rpo: 2h
                        backup: rdb
                        steps:
                          - {id: restore, kind: automated, budget: 1m, restore: true}
                    """
                        .formatted(persistence))),
            1,
            Installations.ofThisMachine(System.getenv(), said -> {}));
    Redis cache = site.redis("cache");
    site.bringUp();
    return cache;
  }

  private Scene scene() {
    return Scene.of(site.undoJournal(), 1, 0);
  }

  private static void fill(Redis cache, int keys) {
    try (Jedis redis = cache.connect()) {
      for (int i = 0; i < keys; i++) {
        redis.set("key" + i, "the value of key " + i);
      }
    }
  }

  private static long keys(Redis cache) {
    try (Jedis redis = cache.connect()) {
      return redis.dbSize();
    }
  }

  @Test
  void nobodyGetsInWithoutThePassword() throws IOException {
    Redis cache = bringUp("none");
    int port = cache.clientAddress().getPort();
    try (Jedis stranger = new Jedis("127.0.0.1", port)) {
      assertThatThrownBy(stranger::dbSize).hasMessageContaining("NOAUTH");
    }
    String password = site.addressEnvironment("cache").get("CACHE_PASSWORD");
    try (Jedis client =
        new Jedis(
            "127.0.0.1", port, DefaultJedisClientConfig.builder().password(password).build())) {
      assertThat(client.ping()).isEqualTo("PONG");
    }
    assertThat(site.secrets()).contains(password);
    assertThat(cache.describe()).matches("cache: Redis \\d+\\.\\d+.* from .*");
  }

  @Test
  void everyWriteThatALogAcknowledgedOutlivesSigkill() throws Exception {
    Redis cache = bringUp("aof");
    AtomicInteger acknowledged = new AtomicInteger();
    for (int kill = 0; kill < KILLS; kill++) {
      int enough = acknowledged.get() + 200;
      Thread writer = new Thread(() -> writeUntilItDies(cache, acknowledged));
      writer.start();
      await().until(() -> acknowledged.get() >= enough);
      cache.kill();
      writer.join();
      assertThat(cache.condition()).isEqualTo(Condition.DOWN);
      cache.start();
      assertThat(keys(cache)).isBetween((long) acknowledged.get(), acknowledged.get() + 1L);
      acknowledged.set((int) keys(cache));
    }
  }

  private static void writeUntilItDies(Redis cache, AtomicInteger acknowledged) {
    try (Jedis redis = cache.connect()) {
      while (true) {
        redis.set("key" + acknowledged.get(), "value");
        acknowledged.incrementAndGet();
      }
    } catch (JedisException killed) {
      // As it should be.
    }
  }

  @Test
  void whatACacheHeldIsGoneWithIt() throws IOException {
    Redis cache = bringUp("none");
    fill(cache, 10);
    cache.kill();
    cache.start();
    assertThat(keys(cache)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "rdb", "aof"})
  void itIsRestoredFromAnRdbFile(String persistence) throws IOException {
    Redis cache = bringUp(persistence);
    fill(cache, 100);
    Path backup = folder.resolve("backup.rdb");
    try (Jedis redis = cache.connect()) {
      redis.save();
      Files.copy(cache.rdbFile(), backup);
      redis.flushAll();
      redis.set("later", "than the backup");
    }
    cache.load(backup);
    assertThat(keys(cache)).isEqualTo(100);
    try (Jedis redis = cache.connect()) {
      assertThat(redis.get("key42")).isEqualTo("the value of key 42");
      redis.set("after", "the restore");
      if (persistence.equals("rdb")) {
        redis.save();
      }
    }
    cache.kill();
    cache.start();
    assertThat(keys(cache))
        .isEqualTo(persistence.equals("aof") || persistence.equals("rdb") ? 101 : 100);
  }

  @Test
  void aFileThatIsNotThereOrDamagedIsSaid() throws IOException {
    Redis cache = bringUp("rdb");
    fill(cache, 100);
    assertThatThrownBy(() -> cache.load(folder.resolve("nothing.rdb")))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("nothing.rdb is no RDB file");
    assertThat(keys(cache)).isEqualTo(100);
    Path garbage = Files.writeString(folder.resolve("garbage.rdb"), "REDIS0011 and then nothing");
    assertThatThrownBy(() -> cache.load(garbage))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("cache did not come up")
        .hasMessageContaining("its log ends with");
  }

  @Test
  void scriptsFindItsAddressAndItsFolder() throws Exception {
    Redis cache = bringUp("rdb");
    Path script = Files.createDirectories(folder.resolve("scripts")).resolve("look.sh");
    Files.writeString(
        script,
        """
        #!/usr/bin/env bash
        set -euo pipefail
        echo "host $REDIS_HOST password ${#REDISCLI_AUTH} backups $(basename "$BACKUP_DIR")"
        exec 3<>"/dev/tcp/$REDIS_HOST/$REDIS_PORT"
        printf 'AUTH %s\\r\\nSAVE\\r\\nQUIT\\r\\n' "$REDISCLI_AUTH" >&3
        cat <&3
        ls "$REDIS_DIR"
        """);
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Transcript transcript = new Transcript(site.secrets());
    cache.script("look.sh").perform(transcript, Duration.ofSeconds(20));
    assertThat(
            transcript.find(
                Transcript.Stream.OUT, Pattern.compile("host 127.0.0.1 password 32 backups redis")))
        .isNotEmpty();
    assertThat(transcript.find(Transcript.Stream.OUT, Pattern.compile("dump.rdb"))).isNotEmpty();
  }

  /** As teams do it: the server is stopped, its file replaced, the server started. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "rdb", "aof"})
  void aScriptRestoresItByReplacingItsFileWhileItIsDown(String persistence) throws Exception {
    FakePrograms.script(
        folder.resolve("scripts"),
        "backup.sh",
        "set -e; redis-cli -e -h \"$REDIS_HOST\" -p \"$REDIS_PORT\" --rdb"
            + " \"$BACKUP_DIR/dump.rdb\"");
    FakePrograms.script(
        folder.resolve("scripts"),
        "restore.sh",
        """
        set -eu
        rm -rf "$REDIS_DIR"/*
        if [ "$1" = aof ]; then
          log=$REDIS_DIR/appendonlydir
          mkdir "$log"
          cp "$BACKUP_DIR/dump.rdb" "$log/appendonly.aof.1.base.rdb"
          echo "file appendonly.aof.1.base.rdb seq 1 type b" >"$log/appendonly.aof.manifest"
        else
          cp "$BACKUP_DIR/dump.rdb" "$REDIS_DIR/dump.rdb"
        fi
        """);
    Redis cache = bringUp(persistence);
    fill(cache, 100);
    cache.script("backup.sh").perform();
    try (Jedis redis = cache.connect()) {
      redis.flushAll();
      redis.set("later", "than the backup");
    }
    cache.stop();
    cache.script("restore.sh", persistence).perform();
    cache.start();
    assertThat(keys(cache)).isEqualTo(100);
    try (Jedis redis = cache.connect()) {
      redis.set("after", "the restore");
      if (persistence.equals("rdb")) {
        redis.save();
      }
    }
    cache.kill();
    cache.start();
    assertThat(keys(cache)).isEqualTo(persistence.equals("none") ? 100 : 101);
  }

  @Test
  void aServerThatIsDownIsNotAnswering() throws IOException {
    Redis cache = bringUp("none");
    cache.stop();
    assertThatThrownBy(() -> keys(cache)).isInstanceOf(JedisConnectionException.class);
    cache.destroyData();
    assertThatThrownBy(cache::start).hasMessageContaining("cache has no data");
    cache.provision();
    assertThat(keys(cache)).isZero();
  }

  @Test
  void aFlushLeavesNoKey() throws IOException {
    Redis cache = bringUp("rdb");
    assertThat(flushKeys(cache).inject(scene()).bite().bit()).isFalse();
    fill(cache, 10);
    ActiveFault active = flushKeys(cache).inject(scene());
    assertThat(active.hit()).containsExactly("10 keys");
    assertThat(active.bite().bit()).isTrue();
    assertThat(keys(cache)).isZero();
  }

  @Test
  void keysAreEvictedUntilItIsHealed() throws IOException {
    Redis cache = bringUp("none");
    fill(cache, 20_000);
    ActiveFault active = evictKeys(cache, 2_000_000).inject(scene());
    fill(cache, 1);
    assertThat(active.bite().bit()).as(active.bite().evidence()).isTrue();
    assertThat(keys(cache)).isBetween(1L, 19_000L);
    active.close();
    fill(cache, 20_000);
    assertThat(keys(cache)).isEqualTo(20_000);
  }

  @Test
  void aDamagedRdbFileKeepsItDown() throws IOException {
    Redis cache = bringUp("rdb");
    fill(cache, 1_000);
    assertThatThrownBy(() -> corruptRdb(cache).inject(scene())).hasMessageContaining("cache runs");
    cache.stop();
    ActiveFault active = corruptRdb(cache).inject(scene());
    assertThat(active.bite().bit()).isTrue();
    assertThat(active.hit())
        .singleElement()
        .asString()
        .matches("16 bytes from \\d+ on in dump.rdb");
    assertThatThrownBy(cache::start).hasMessageContaining("did not come up");
    assertThat(List.of(Condition.DOWN)).contains(cache.condition());
  }
}
