package dev.drillbook.site;

import eu.rekawek.toxiproxy.Proxy;
import java.net.InetSocketAddress;

/** Something that clients reach over a network, which can be disturbed. */
public interface Networked extends Component {

  /** Where clients reach it; the same however often it is started. */
  InetSocketAddress clientAddress();

  /** Where its process listens, past whatever disturbs the network. */
  InetSocketAddress directAddress();

  /**
   * What stands between the clients and it: a proxy of Toxiproxy's make or of ours, driven by
   * Toxiproxy's own client.
   */
  Proxy link();

  /**
   * Ends all connections of clients, and refuses new ones for as long as this, or another cut, has
   * not been ended.
   *
   * @throws dev.drillbook.timeline.DrillException if the proxy does not answer
   */
  Disturbance cut();
}
