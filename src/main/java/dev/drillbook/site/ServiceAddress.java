package dev.drillbook.site;

import java.net.URI;

/**
 * A name that clients use, such as a DNS record, a virtual IP or a connection string that is kept
 * in one place. It leads to where the clients of its target connect, so that whatever disturbs the
 * target's network disturbs its own clients too. Having no process, it is in its target's condition
 * and has its target's direct address.
 */
public interface ServiceAddress extends Networked {

  /**
   * Where clients of an app, or of an object store, reach it, without a trailing slash.
   *
   * @throws dev.drillbook.timeline.DrillException if its target does not serve HTTP
   */
  URI url();

  /** What it leads to now. */
  Server target();

  /**
   * Leads to {@code other} from now on, and ends the connections that still go to the target
   * before; nothing changes where it leads there already. It does not bring {@code other} up.
   *
   * @param other a component of the same plan that serves the same clients: an app for an app, a
   *     PostgreSQL server or a standby for either ...
   * @throws dev.drillbook.timeline.DrillException if it is no such component, the site is not up,
   *     or the proxy does not answer
   */
  void pointTo(Server other);
}
