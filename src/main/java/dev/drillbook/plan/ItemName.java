package dev.drillbook.plan;

/** What an item of a list is called: by its {@code id} where it has one, else by its place. */
final class ItemName {
  private ItemName() {}

  static String of(Yaml item, int index) {
    if (item instanceof Yaml.Mapping mapping) {
      Yaml.Entry entry = mapping.entries().get("id");
      if (entry != null && entry.value() instanceof Yaml.Scalar id) {
        return id.text();
      }
    }
    return "#" + (index + 1);
  }
}
