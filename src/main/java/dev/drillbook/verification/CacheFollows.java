package dev.drillbook.verification;

import dev.drillbook.site.Redis;
import dev.drillbook.timeline.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Every value in a cache is what the database says: none is older, as after a write that did not
 * reach the cache, and none is newer, as after the database alone went back to a backup.
 *
 * @param keyPattern which keys the check is about, as SCAN's MATCH has it, e.g. {@code product:*}
 */
public record CacheFollows(String name, Redis cache, Truth truth, String keyPattern)
    implements Check {
  private static final int SCAN_COUNT = 500;

  /** What a key stands for. */
  @FunctionalInterface
  public interface Truth {

    /** What the cache would hold if it were filled now; empty where the key stands for nothing. */
    Optional<String> of(String key) throws Exception;
  }

  public static Check cacheFollows(String name, Redis cache, Truth truth, String keyPattern) {
    return new CacheFollows(name, cache, truth, keyPattern);
  }

  @Override
  public Examined examine(Evidence evidence) throws Exception {
    Judgement judgement = new Judgement();
    try (Jedis redis = cache.connect()) {
      ScanParams matching = new ScanParams().match(keyPattern).count(SCAN_COUNT);
      String cursor = ScanParams.SCAN_POINTER_START;
      do {
        ScanResult<String> page = redis.scan(cursor, matching);
        for (String key : page.getResult()) {
          judgement.judge(redis, key);
        }
        cursor = page.getCursor();
      } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    }
    return new Examined(
        judgement.compared + " cached values of " + cache.name() + " like " + keyPattern,
        judgement.compared,
        judgement.findings());
  }

  /** How many there are of a kind, and the first few of them. */
  private static final class Some {
    private final List<String> examples = new ArrayList<>();
    private long count;

    void add(String example) {
      count++;
      if (examples.size() < Finding.MAX_EXAMPLES) {
        examples.add(example);
      }
    }
  }

  /** Of the keys so far; one that SCAN hands out twice is judged twice. */
  private final class Judgement {
    private final Some different = new Some();
    private final Some orphaned = new Some();
    private final Some incomparable = new Some();
    private long compared;

    void judge(Jedis redis, String key) throws Exception {
      String type = redis.type(key);
      if (type.equals("none")) { // It has expired meanwhile.
        return;
      }
      if (!type.equals("string")) {
        incomparable.add(key + " is a " + type);
        return;
      }
      String cached = redis.get(key);
      if (cached == null) {
        return;
      }
      compared++;
      Optional<String> said = truth.of(key);
      if (said.isEmpty()) {
        orphaned.add(key + " is cached as '" + cached + "'");
      } else if (!said.get().equals(cached)) {
        different.add(key + ": the cache says '" + cached + "', the database '" + said.get() + "'");
      }
    }

    List<Finding> findings() {
      List<Finding> findings = new ArrayList<>();
      if (different.count > 0) {
        findings.add(
            Finding.fail(
                    name,
                    "every cached value is what the database says",
                    different.count + " of " + compared + " are not",
                    "empty or refill the cache after a restore, before clients are let in")
                .withExamples(different.examples));
      }
      if (orphaned.count > 0) {
        findings.add(
            Finding.fail(
                    name,
                    "what is cached is in the database",
                    orphaned.count + " of " + compared + " are not",
                    "empty or refill the cache after a restore, before clients are let in")
                .withExamples(orphaned.examples));
      }
      if (incomparable.count > 0) {
        findings.add(
            Finding.unknown(
                    name,
                    "what matches " + keyPattern + " are strings",
                    incomparable.count + " are not",
                    "narrow the pattern: nothing but strings is compared")
                .withExamples(incomparable.examples));
      }
      return findings;
    }
  }
}
