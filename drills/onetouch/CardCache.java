package onetouch;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Copies of cards in Redis, under {@code card:} and the slug. Nothing depends on it: where it
 * cannot be reached, reads find nothing and writes do nothing, and after the first failure nobody
 * waits for it until half a second has passed.
 *
 * <p>While it could not be reached, cards changed without its knowledge. So what it holds is thrown
 * away when it is back. Its address is looked up anew then, too.
 */
final class CardCache implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 200;
  private static final long PAUSE_NANOS = 500_000_000;
  private static final int MOST_IDLE = 8;
  private static final String PREFIX = "card:";
  private static final String SECONDS_KEPT = "3600";

  /** An older version never replaces a newer one, in whatever order they arrive. */
  private static final String PUT =
      "local now = redis.call('get', KEYS[1])"
          + " if now and tonumber(string.match(now, '^%d+')) > tonumber(ARGV[1]) then return 0 end"
          + " redis.call('set', KEYS[1], ARGV[2], 'EX', ARGV[3]) return 1";

  private final CacheAddress address;
  private final Deque<Jedis> idle = new ArrayDeque<>();
  private boolean trusted = true;
  private long notBeforeNanos = System.nanoTime();

  CardCache(CacheAddress address) {
    this.address = address;
  }

  /** The copy of a card, as {@link Card#text()}; empty if there is none, or nobody knows. */
  Optional<String> get(String slug) {
    return with(redis -> Optional.ofNullable(redis.get(PREFIX + slug))).flatMap(found -> found);
  }

  void put(Card card) {
    boolean unused = putAll(List.of(card));
  }

  /** Whether all went in, or were there in a newer version. */
  boolean putAll(List<Card> cards) {
    return with(redis -> {
          for (Card card : cards) {
            redis.eval(
                PUT,
                List.of(PREFIX + card.slug()),
                List.of(String.valueOf(card.version()), card.text(), SECONDS_KEPT));
          }
          return true;
        })
        .isPresent();
  }

  /** Empty if the cache could not be asked. */
  private <T> Optional<T> with(Function<Jedis, T> work) {
    Jedis redis = null;
    try {
      redis = borrow();
      if (redis == null) {
        return Optional.empty();
      }
      T result = work.apply(redis);
      giveBack(redis);
      return Optional.of(result);
    } catch (JedisException e) {
      lost(redis, e);
      return Optional.empty();
    }
  }

  /** Null while the cache is given up. */
  private synchronized Jedis borrow() {
    if (System.nanoTime() - notBeforeNanos < 0) {
      return null;
    }
    Jedis redis = idle.poll();
    if (redis == null) {
      redis = connect();
    }
    if (!trusted) {
      try {
        redis.flushDB();
      } catch (JedisException e) {
        redis.close();
        throw e;
      }
      trusted = true;
      System.err.println("cache reachable again, at " + address);
    }
    return redis;
  }

  private Jedis connect() {
    URI now = address.now();
    String[] login = String.valueOf(now.getUserInfo()).split(":", 2);
    Jedis redis =
        new Jedis(
            new HostAndPort(now.getHost(), now.getPort()),
            DefaultJedisClientConfig.builder()
                .password(login.length == 2 ? login[1] : null)
                .connectionTimeoutMillis(PATIENCE_MILLIS)
                .socketTimeoutMillis(PATIENCE_MILLIS)
                .build());
    redis.connect();
    return redis;
  }

  private synchronized void giveBack(Jedis redis) {
    if (idle.size() < MOST_IDLE && System.nanoTime() - notBeforeNanos >= 0) {
      idle.push(redis);
    } else {
      redis.close();
    }
  }

  private synchronized void lost(Jedis redis, JedisException cause) {
    if (trusted) {
      System.err.println("cache unavailable: " + cause.getMessage());
    }
    trusted = false;
    notBeforeNanos = System.nanoTime() + PAUSE_NANOS;
    if (redis != null) {
      idle.push(redis);
    }
    close();
  }

  @Override
  public synchronized void close() {
    for (Jedis redis = idle.poll(); redis != null; redis = idle.poll()) {
      try {
        redis.close();
      } catch (JedisException e) {
        // It is being thrown away because it does not work.
      }
    }
  }
}
