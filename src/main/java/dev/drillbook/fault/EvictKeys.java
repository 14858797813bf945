package dev.drillbook.fault;

import dev.drillbook.site.Condition;
import dev.drillbook.site.Redis;
import dev.drillbook.site.Undo;
import java.util.List;
import redis.clients.jedis.Jedis;

/**
 * Redis may use so little memory that it throws keys out at random, and goes on doing so until the
 * fault is healed. The keys that are gone stay gone.
 *
 * @param maxBytes Redis itself needs about 1 MB of it
 */
@About(
    kind = About.Kind.CACHE,
    does = "limits its memory, so that it throws keys out at random",
    hits = "Redis",
    needs = "it runs",
    undone = "the limit and the policy that were there before; the keys stay gone",
    bites = "keys were evicted")
public record EvictKeys(Redis target, long maxBytes) implements Fault {

  public static Fault evictKeys(Redis target, long maxBytes) {
    return new EvictKeys(target, maxBytes);
  }

  @Override
  public String name() {
    return "evict keys of " + target.name() + " beyond " + maxBytes + " bytes";
  }

  @Override
  public ActiveFault inject(Scene scene) {
    Faults.requireRunning(target, "squeezed");
    try (Jedis redis = target.connect()) {
      String memory = redis.configGet("maxmemory").get("maxmemory");
      String policy = redis.configGet("maxmemory-policy").get("maxmemory-policy");
      long keys = redis.dbSize();
      return InForce.begin(
          scene.journal(),
          new Undo.EndWithSite(name()),
          List.of("some of " + keys + " keys, as Redis picks them"),
          () -> set("allkeys-random", String.valueOf(maxBytes)),
          this::look,
          () -> heal(policy, memory));
    }
  }

  /** The setting ends with the process that it was told to, and is in no file. */
  private boolean heal(String policy, String memory) {
    if (target.condition() == Condition.RUNNING) {
      set(policy, memory);
    }
    return target.condition() != Condition.PAUSED;
  }

  private void set(String policy, String memory) {
    try (Jedis redis = target.connect()) {
      redis.configSet("maxmemory-policy", policy);
      redis.configSet("maxmemory", memory);
    }
  }

  private Bite look() {
    try (Jedis redis = target.connect()) {
      long evicted =
          redis
              .info("stats")
              .lines()
              .filter(line -> line.startsWith("evicted_keys:"))
              .mapToLong(line -> Long.parseLong(line.substring("evicted_keys:".length()).strip()))
              .sum();
      return Bite.of(
          evicted > 0, evicted + " keys were evicted so far, " + redis.dbSize() + " are left");
    }
  }
}
