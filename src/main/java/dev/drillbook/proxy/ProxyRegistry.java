package dev.drillbook.proxy;

import dev.drillbook.proxy.Refusal.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** All proxies by name. Every method runs on the event loop's thread. */
final class ProxyRegistry {
  private final EventLoop loop;
  private final long seed;
  private final Map<String, Route> routes = new TreeMap<>();

  ProxyRegistry(EventLoop loop, long seed) {
    this.loop = loop;
    this.seed = seed;
  }

  List<ProxyState> all() {
    return routes.values().stream().map(Route::state).toList();
  }

  ProxyState get(String name) {
    return route(name).state();
  }

  ProxyState create(ProxyOrder order) {
    if (routes.containsKey(order.name())) {
      throw new Refusal(Reason.ALREADY_THERE, "proxy already exists");
    }
    return put(order);
  }

  /** Creates a proxy, or replaces one that has other addresses, or leaves it as it is. */
  ProxyState populate(ProxyOrder order) {
    Route existing = routes.get(order.name());
    if (existing == null) {
      return put(order);
    }
    if (existing.differs(order)) {
      existing.stop();
      return put(order);
    }
    return existing.state();
  }

  ProxyState update(String name, UnaryOperator<ProxyOrder> change) {
    Route route = route(name);
    ProxyState now = route.state();
    route.update(change.apply(new ProxyOrder(name, now.listen(), now.upstream(), now.enabled())));
    return route.state();
  }

  Void delete(String name) {
    route(name).stop();
    routes.remove(name);
    return null;
  }

  /** Enables all proxies and takes all toxics away. */
  Void reset() {
    for (Route route : routes.values()) {
      route.start();
      List<Toxic> toxics = route.toxics().all();
      toxics.forEach(toxic -> route.toxics().remove(toxic.name(), live(route)));
    }
    return null;
  }

  Toxic toxic(String proxy, String name) {
    return route(proxy).toxics().get(name);
  }

  Toxic addToxic(String proxy, Toxic toxic) {
    Route route = route(proxy);
    route.toxics().add(toxic, live(route));
    return toxic;
  }

  Toxic changeToxic(String proxy, String name, UnaryOperator<Toxic> change) {
    Route route = route(proxy);
    Toxic changed = change.apply(route.toxics().get(name));
    route.toxics().change(changed, live(route));
    return changed;
  }

  Void removeToxic(String proxy, String name) {
    Route route = route(proxy);
    route.toxics().remove(name, live(route));
    return null;
  }

  Void close() {
    routes.values().forEach(Route::stop);
    routes.clear();
    return null;
  }

  private ProxyState put(ProxyOrder order) {
    Route route = new Route(loop, order, seed);
    if (order.enabled()) {
      route.start();
    }
    routes.put(order.name(), route);
    return route.state();
  }

  private Route route(String name) {
    Route route = routes.get(name);
    if (route == null) {
      throw new Refusal(Reason.UNKNOWN, "proxy not found");
    }
    return route;
  }

  /** A copy, as toxics may end connections. */
  private static Collection<Relay> live(Route route) {
    return List.copyOf(route.relays());
  }
}
