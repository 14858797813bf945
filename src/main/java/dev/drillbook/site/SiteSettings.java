package dev.drillbook.site;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * How a site is to be.
 *
 * @param scale how many times its seed data it holds
 * @param seed what chance in its network depends on
 * @param toxiproxy the API of a Toxiproxy server to use for the network; empty for our own proxy
 */
public record SiteSettings(double scale, long seed, Optional<InetSocketAddress> toxiproxy) {

  /** Our own proxy, and chance as it comes. */
  public static SiteSettings ofScale(double scale) {
    return new SiteSettings(scale, System.nanoTime(), Optional.empty());
  }
}
