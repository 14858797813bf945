package dev.drillbook.site.embedded;

import dev.drillbook.site.Diagnosis;
import dev.drillbook.site.Disturbance;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.Undo;
import dev.drillbook.site.UndoJournal;
import dev.drillbook.timeline.DrillException;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The network of a site: a proxy in front of every component, on a port that clients can rely on.
 * It is our own fault proxy, or a Toxiproxy server that somebody else runs.
 */
final class EmbeddedNetwork implements AutoCloseable {
  /** Where its proxies are, as its server reaches them itself. */
  static final String HOST = "127.0.0.1";

  private final SiteSettings settings;
  private final String prefix;
  private final UndoJournal journal;
  private final Map<String, Link> links = new LinkedHashMap<>();
  private final Host host;
  private final Supplier<List<Integer>> clientPorts;
  private Host.Network own;
  private ToxiproxyClient client;

  /**
   * What stands in front of one component.
   *
   * @param cuts those that have not been ended, each an object of its own
   */
  private record Link(Proxy proxy, UndoJournal.Entry entry, List<Object> cuts) {}

  /**
   * Starts nothing yet.
   *
   * @param prefix what the names of its proxies begin with, so that several sites can share a
   *     server
   * @param clientPorts every port that a proxy may have to listen on
   */
  EmbeddedNetwork(
      SiteSettings settings,
      Host host,
      String prefix,
      UndoJournal journal,
      Supplier<List<Integer>> clientPorts) {
    this.settings = settings;
    this.host = host;
    this.clientPorts = clientPorts;
    this.prefix = prefix;
    this.journal = journal;
  }

  /**
   * Puts a proxy in front of a component, if none is there already.
   *
   * @param upstream where it leads, as the proxies' server reaches that
   * @throws DrillException if it cannot listen, or the Toxiproxy server does not answer
   */
  synchronized void connect(String component, int clientPort, String upstream) {
    if (links.containsKey(component)) {
      return;
    }
    String name = prefix + component;
    ToxiproxyClient api = client();
    // Our own ends with this JVM, whatever ends it.
    Undo undo =
        own != null
            ? new Undo.EndWithSite("the proxy " + name)
            : new Undo.Request(
                "the proxy " + name, "DELETE", apiAddress().resolve("/proxies/" + name));
    UndoJournal.Entry entry = journal.write(undo);
    try {
      String listenAddress = own != null ? own.listenAddress() : HOST;
      Proxy proxy = api.createProxy(name, listenAddress + ":" + clientPort, upstream);
      links.put(component, new Link(proxy, entry, new ArrayList<>()));
    } catch (IOException e) {
      entry.done();
      throw new DrillException(
          component
              + " cannot be reached by clients on "
              + HOST
              + ":"
              + clientPort
              + ": "
              + e.getMessage(),
          Diagnosis.of(
              List.of(String.valueOf(e.getMessage())),
              settings.toxiproxy().isPresent()
                  ? "does a Toxiproxy server listen on " + apiAddress() + "?"
                  : "is the port free?"),
          e);
    }
  }

  /** What stands in front of a component that was connected. */
  synchronized Proxy link(String component) {
    return linkOf(component).proxy();
  }

  private Link linkOf(String component) {
    Link link = links.get(component);
    if (link == null) {
      throw new DrillException(
          component + " is not connected to its clients", "bring the site up first");
    }
    return link;
  }

  /**
   * Leads clients of a component that was connected somewhere else, and ends the connections that
   * they have. One that is cut off stays so.
   */
  synchronized void lead(String component, String upstream) {
    Proxy proxy = linkOf(component).proxy();
    ask(component, () -> proxy.setUpstream(upstream));
  }

  /** Cuts a component off until the last of its cuts has been ended. */
  synchronized Disturbance cut(String component) {
    Link link = linkOf(component);
    Object cut = new Object();
    link.cuts().add(cut);
    try {
      ask(component, link.proxy()::disable);
    } catch (DrillException e) {
      // It may have been done though the answer was lost.
      mend(component, link, cut);
      throw e;
    }
    return () -> mend(component, link, cut);
  }

  private synchronized void mend(String component, Link link, Object cut) {
    if (link.cuts().equals(List.of(cut))) {
      ask(component, link.proxy()::enable);
    }
    link.cuts().remove(cut);
  }

  private interface Request {
    void send() throws IOException;
  }

  private static void ask(String component, Request request) {
    try {
      request.send();
    } catch (IOException e) {
      throw new DrillException(
          "the proxy of " + component + " does not answer: " + e.getMessage(),
          "does the proxy's server still run?",
          e);
    }
  }

  private ToxiproxyClient client() {
    if (client == null) {
      InetSocketAddress api =
          settings
              .toxiproxy()
              .orElseGet(
                  () -> {
                    own = host.startNetwork(settings.seed(), clientPorts.get());
                    return own.api();
                  });
      client = new ToxiproxyClient(api.getHostString(), api.getPort());
    }
    return client;
  }

  private URI apiAddress() {
    InetSocketAddress api = settings.toxiproxy().orElseThrow();
    return URI.create("http://" + api.getHostString() + ":" + api.getPort());
  }

  /**
   * For reports, e.g. "network: Toxiproxy 2.12.0 on 127.0.0.1:8474"; empty while nothing is linked.
   */
  synchronized String describe() {
    if (client == null) {
      return "";
    }
    if (own != null) {
      return "network: " + own.describe();
    }
    try {
      return "network: Toxiproxy " + client.version() + " on " + apiAddress().getAuthority();
    } catch (IOException e) {
      return "network: Toxiproxy on " + apiAddress().getAuthority();
    }
  }

  /** Takes every proxy away; what cannot be taken away stays in the journal. */
  @Override
  public synchronized void close() {
    if (own != null) {
      own.close();
      links.values().forEach(link -> link.entry().done());
    } else {
      for (Link link : links.values()) {
        try {
          link.proxy().delete();
          link.entry().done();
        } catch (IOException stays) {
          // The journal's undo, which follows, tries again and says so.
        }
      }
    }
    links.clear();
  }
}
