package dev.drillbook.plan;

import dev.drillbook.timeline.Nearest;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The types of values that name something else in the plan. A name counts as declared even if what
 * it declares is faulty: that is reported where it stands, and only there.
 */
final class References {
  private final Set<String> components;
  private final Set<String> apps;
  private final Set<String> addresses;
  private final Set<String> backups;
  private final Set<String> objectives;

  /**
   * @param apps those of the components that are apps
   * @param addresses those that are addresses
   */
  References(
      Set<String> components,
      Set<String> apps,
      Set<String> addresses,
      Set<String> backups,
      Set<String> objectives) {
    this.components = components;
    this.apps = apps;
    this.addresses = addresses;
    this.backups = backups;
    this.objectives = objectives;
  }

  /** The name of any component. */
  ValueType<String> component() {
    return declared("component", components);
  }

  /** Whether a component is an address. */
  boolean isAddress(String component) {
    return addresses.contains(component);
  }

  /** The name of a component that holds data. */
  ValueType<String> store() {
    Set<String> stores = new LinkedHashSet<>(components);
    stores.removeAll(apps);
    stores.removeAll(addresses);
    return new ValueType<>(
        "the name of a store",
        name -> {
          if (apps.contains(name) || isAddress(name)) {
            throw new BadValue(
                (isAddress(name) ? "an address" : "an app") + ", which holds no data of its own",
                "name one of the stores: " + String.join(", ", stores));
          }
          return known(name, "a component", stores, components);
        });
  }

  /** The id of a backup policy. */
  ValueType<String> backup() {
    return declared("backup", backups);
  }

  /** The name of an objective. */
  ValueType<String> objective() {
    return new ValueType<>(
        "the name of an objective", name -> known(name, "an objective", objectives, objectives));
  }

  /** The name of one of a component's own tables. */
  static ValueType<String> table(Set<String> tables) {
    return new ValueType<>(
        "the name of a table",
        name -> {
          if (!tables.contains(name)) {
            throw new BadValue(
                "not a table of this component",
                Nearest.hint(name, "its tables are:", List.copyOf(tables)));
          }
          return name;
        });
  }

  private static ValueType<String> declared(String noun, Set<String> names) {
    return new ValueType<>("the name of a " + noun, name -> known(name, "a " + noun, names, names));
  }

  private static String known(
      String name, String noun, Collection<String> offered, Collection<String> valid)
      throws BadValue {
    if (!valid.contains(name)) {
      throw new BadValue(
          "not " + noun + " of this plan",
          Nearest.hint(name, "the plan declares:", List.copyOf(offered)));
    }
    return name;
  }
}
