package dev.drillbook.site.embedded;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.site.App;
import dev.drillbook.site.Condition;
import dev.drillbook.site.Mongo;
import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Redis;
import dev.drillbook.site.Server;
import dev.drillbook.site.ServiceAddress;
import dev.drillbook.timeline.DrillException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** No process, but one more proxy, which leads to the port that its target's clients know. */
final class EmbeddedAddress extends EmbeddedComponent implements ServiceAddress {
  private static final List<Class<? extends Server>> KINDS =
      List.of(Postgres.class, Mongo.class, Redis.class, ObjectStore.class, App.class);

  private final ComponentSpec.Address spec;
  private volatile EmbeddedProcess target;

  EmbeddedAddress(
      ComponentSpec.Address spec, EmbeddedSite site, int clientPort, EmbeddedProcess target) {
    super(site, clientPort);
    this.spec = spec;
    this.target = target;
  }

  @Override
  ComponentSpec.Address spec() {
    return spec;
  }

  @Override
  public String describe() {
    String now = target.name().equals(spec.of()) ? "" : ", and leads to " + target.name() + " now";
    return name() + ": the address of " + spec.of() + now;
  }

  /** Its target's: it has no process of its own. */
  @Override
  public Condition condition() {
    return target.condition();
  }

  /** Its target's. */
  @Override
  public InetSocketAddress directAddress() {
    return target.directAddress();
  }

  @Override
  String upstream() {
    return leadingTo(target);
  }

  /** Whoever runs this proxy runs the target's too. */
  private static String leadingTo(EmbeddedProcess to) {
    return EmbeddedNetwork.HOST + ":" + to.clientPort();
  }

  /** It is once it is connected. */
  @Override
  void bringUp(double scale) {
    // No process has to be started.
  }

  @Override
  List<String> secrets() {
    return List.of();
  }

  @Override
  Map<String, String> addressVariables(String host, int atPort) {
    return target.addressVariables(host, atPort);
  }

  @Override
  String howToConnect() {
    return name() + " (an address): led to " + target.name();
  }

  @Override
  public URI url() {
    if (!(target instanceof App || target instanceof ObjectStore)) {
      throw new DrillException(
          name() + " has no URL: it leads to " + target.name() + ", which does not serve HTTP",
          "connect to its clientAddress()");
    }
    return URI.create("http://127.0.0.1:" + clientPort());
  }

  @Override
  public Server target() {
    return target;
  }

  @Override
  public synchronized void pointTo(Server other) {
    if (!(other instanceof EmbeddedProcess next) || next.site != site) {
      throw new DrillException(
          name() + " cannot be pointed to " + other.name() + ": that is another site's",
          "take both from the same drill");
    }
    if (KINDS.stream().anyMatch(kind -> kind.isInstance(target) != kind.isInstance(next))) {
      throw new DrillException(
          name()
              + " cannot be pointed to "
              + next.name()
              + ": its clients could not talk to that as they do to "
              + target.name(),
          "point it to a component of the same kind");
    }
    link();
    site.connect(next);
    site.network().lead(name(), leadingTo(next));
    target = next;
  }
}
