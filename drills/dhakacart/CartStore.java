package dhakacart;

import java.net.URI;
import java.util.Map;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** Carts in Redis: a hash {@code cart:ID} each, of quantities by product. */
final class CartStore {
  static final String PREFIX = "cart:";

  private static final int LONGEST_MILLIS = 1_000;

  private final HostAndPort address;
  private final DefaultJedisClientConfig settings;

  /** Redis cannot be reached; nothing was changed. */
  static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    Unavailable(JedisException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** The change was sent and its answer was lost. */
  static final class OutcomeUnknown extends Exception {
    private static final long serialVersionUID = 1L;

    OutcomeUnknown(JedisException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * @param url with the password in it
   */
  CartStore(String url) {
    URI uri = URI.create(url);
    address = new HostAndPort(uri.getHost(), uri.getPort());
    settings =
        DefaultJedisClientConfig.builder()
            .password(uri.getUserInfo().split(":", 2)[1])
            .clientName("dhakacart-shop")
            .connectionTimeoutMillis(LONGEST_MILLIS)
            .socketTimeoutMillis(LONGEST_MILLIS)
            .build();
  }

  /** Sets how many of a product are in a cart. */
  void put(String cart, long product, int quantity) throws Unavailable, OutcomeUnknown {
    try (Jedis redis = connect()) {
      redis.hset(PREFIX + cart, String.valueOf(product), String.valueOf(quantity));
    } catch (JedisException e) {
      throw new OutcomeUnknown(e);
    }
  }

  /** Quantities by product; empty if there is no such cart. */
  Map<String, String> read(String cart) throws Unavailable {
    try (Jedis redis = connect()) {
      return redis.hgetAll(PREFIX + cart);
    } catch (JedisException e) {
      throw new Unavailable(e);
    }
  }

  /** A connection for one request: what fails before it is there has certainly changed nothing. */
  private Jedis connect() throws Unavailable {
    try {
      Jedis redis = new Jedis(address, settings);
      redis.connect();
      return redis;
    } catch (JedisException e) {
      throw new Unavailable(e);
    }
  }
}
