package onetouch;

import static dev.drillbook.fault.CorruptRdb.corruptRdb;
import static dev.drillbook.fault.Kill.kill;
import static dev.drillbook.verification.ForeignKeys.foreignKeys;
import static dev.drillbook.verification.Health.health;
import static dev.drillbook.verification.ServedThroughout.servedThroughout;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static onetouch.Cards.cards;
import static onetouch.Looks.LOAD;
import static onetouch.Looks.PROBE;
import static onetouch.Looks.cacheIsRight;
import static onetouch.Scripts.both;

import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import dev.drillbook.site.Redis;
import dev.drillbook.timeline.DrillException;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

@Drill(plan = "onetouch", scenario = "cache-failure")
class CacheFailureDrill {

  @Test
  void nobodyNoticesThatTheCacheIsReplaced(DrillRun drill) {
    var db = drill.postgres("db");
    var cache = drill.redis("cache");
    var another = drill.redis("cache-2");
    var server = drill.app("server");

    drill
        .workload(cards(server::address, db), LOAD)
        .probe(PROBE)
        .noticedBy(server.script("test-redis.sh"))
        .prepare(() -> save(cache))
        .disaster(kill(cache), corruptRdb(cache))
        .recover("restart-redis", () -> restartInVain(cache))
        .recover("provision-new-instance", another::provision)
        .recover(
            "use-new-instance", both(another.script("use-cache.sh"), server.script("use-cache.sh")))
        .recover("warm-up-cache", server.script("warm-up.sh"))
        .verify(
            servedThroughout(),
            cacheIsRight(another, db),
            foreignKeys(),
            health(server),
            servesWrites())
        .meetsItsObjectives();
  }

  private static void save(Redis cache) {
    try (Jedis redis = cache.connect()) {
      redis.save();
    }
  }

  /** With its file damaged it must not come up, or the drill would never get to the next step. */
  private static void restartInVain(Redis cache) {
    try {
      cache.start();
    } catch (DrillException unrecoverable) {
      return;
    }
    throw new DrillException(
        cache.name() + " came up although its RDB file is damaged",
        "what it has loaded is not to be trusted: look at its log");
  }
}
