package dhakacart;

import java.net.URI;
import redis.clients.jedis.Jedis;
import web.Answer;
import web.Service;

/**
 * The release of the shop that is deployed. A key-value store says which, as the one behind a
 * cluster's control plane does: the newest entry of a list, or {@link #FIRST} where that is empty.
 */
record Release(String name) {
  static final String DEPLOYED = "deployed/shop";

  /** What the image itself is. */
  static final String FIRST = "1.4.0";

  /** The one with the bug: a job that it starts finds a setting missing, and ends the process. */
  private static final String BAD = "2.0.0";

  private static final long JOB_AFTER_MILLIS = 300;

  /** Asks the registry. */
  static Release deployed(String registryUrl) {
    try (Jedis registry = new Jedis(URI.create(registryUrl))) {
      String newest = registry.lindex(DEPLOYED, 0);
      return new Release(newest == null ? FIRST : newest);
    }
  }

  /** Answers {@code /release} and starts what this release starts. */
  void begin(Service service) {
    service.route(
        "/release",
        exchange ->
            new Answer(
                200,
                json -> {
                  json.writeStartObject();
                  json.writeStringField("release", name);
                  json.writeEndObject();
                }));
    if (name.equals(BAD)) {
      Thread job = new Thread(Release::refreshPrices, "refresh-prices");
      job.setDaemon(true);
      job.start();
    }
  }

  private static void refreshPrices() {
    try {
      Thread.sleep(JOB_AFTER_MILLIS);
    } catch (InterruptedException e) {
      return;
    }
    if (System.getenv("PRICE_FEED_URL") == null) {
      System.err.println("fatal: PRICE_FEED_URL is not set; release " + BAD + " cannot run");
      Runtime.getRuntime().halt(1);
    }
  }
}
