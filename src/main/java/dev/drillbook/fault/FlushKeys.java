package dev.drillbook.fault;

import dev.drillbook.site.Redis;
import java.util.List;
import redis.clients.jedis.Jedis;

/** FLUSHALL: a cache is cold from one moment to the next, and a store is empty. */
@About(
    kind = About.Kind.CACHE,
    does = "removes every key",
    hits = "Redis",
    needs = "it runs",
    bites = "there were keys")
public record FlushKeys(Redis target) implements Fault {

  public static Fault flushKeys(Redis target) {
    return new FlushKeys(target);
  }

  @Override
  public String name() {
    return "flush " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    Faults.requireRunning(target, "flushed");
    try (Jedis redis = target.connect()) {
      long keys = redis.dbSize();
      redis.flushAll();
      // What clients write again in the meantime does not bring back what is gone.
      return ActiveFault.over(
          List.of(keys + " keys"), () -> Bite.of(keys > 0, keys + " keys are gone"));
    }
  }
}
