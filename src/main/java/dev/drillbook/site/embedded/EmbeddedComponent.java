package dev.drillbook.site.embedded;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.site.Disturbance;
import dev.drillbook.site.Networked;
import eu.rekawek.toxiproxy.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** What clients reach through a proxy of the site, on a port that stays the same. */
abstract class EmbeddedComponent implements Networked {
  final EmbeddedSite site;
  private final int clientPort;

  EmbeddedComponent(EmbeddedSite site, int clientPort) {
    this.site = site;
    this.clientPort = clientPort;
  }

  abstract ComponentSpec spec();

  /** Where the proxy before it leads, as whoever runs that proxy reaches it. */
  abstract String upstream();

  /** Makes it serve, with the plan's schema and seed data, from nothing. */
  abstract void bringUp(double scale);

  /** What must never appear in a transcript, report or record. */
  abstract List<String> secrets();

  /**
   * What every component that needs this one is told, by the ends of the variables' names.
   *
   * @param host by which it is reached
   * @param atPort on which it is reached
   */
  abstract Map<String, String> addressVariables(String host, int atPort);

  /** What to know of it once the network is gone. */
  abstract String howToConnect();

  @Override
  public String name() {
    return spec().name();
  }

  int clientPort() {
    return clientPort;
  }

  @Override
  public InetSocketAddress clientAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), clientPort);
  }

  @Override
  public Proxy link() {
    return site.network().link(name());
  }

  @Override
  public Disturbance cut() {
    return site.network().cut(name());
  }
}
