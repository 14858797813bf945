package dev.drillbook.proxy;

import dev.drillbook.proxy.Refusal.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A proxy's toxics, in the order in which data passes them. */
final class ToxicChain {
  private final List<Toxic> toxics = new ArrayList<>();

  /** Those of the upstream direction first, as the real server shows them. */
  List<Toxic> all() {
    return Stream.of(StreamSide.values())
        .flatMap(side -> toxics.stream().filter(toxic -> toxic.side() == side))
        .toList();
  }

  Toxic get(String name) {
    return toxics.stream()
        .filter(toxic -> toxic.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new Refusal(Reason.UNKNOWN, "toxic not found"));
  }

  static void refuseExisting(String name, List<Toxic> toxics) {
    if (toxics.stream().anyMatch(toxic -> toxic.name().equals(name))) {
      throw new Refusal(Reason.ALREADY_THERE, "toxic already exists");
    }
  }

  void add(Toxic toxic, Iterable<Relay> relays) {
    refuseExisting(toxic.name(), toxics);
    toxics.add(toxic);
    relays.forEach(relay -> relay.direction(toxic.side()).add(toxic));
  }

  /** Gives a toxic new settings, on live connections too; whom it strikes is drawn again. */
  void change(Toxic changed, Iterable<Relay> relays) {
    toxics.set(toxics.indexOf(get(changed.name())), changed);
    relays.forEach(relay -> relay.direction(changed.side()).change(changed));
  }

  void remove(String name, Iterable<Relay> relays) {
    Toxic removed = get(name);
    toxics.remove(removed);
    relays.forEach(relay -> relay.direction(removed.side()).remove(removed));
  }

  void addTo(Relay relay) {
    toxics.forEach(toxic -> relay.direction(toxic.side()).add(toxic));
  }
}
