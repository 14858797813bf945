package dev.drillbook.snapshot;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a store other than PostgreSQL held at one moment. Two images of the same content are equal,
 * whenever they were read and whatever the order that the store hands its entries out in.
 *
 * @param groups by name: collections, logical databases as {@code db0}, or buckets
 */
public record StoreImage(Kind kind, SortedMap<String, GroupImage> groups) {

  /** What the store calls its groups and their entries. */
  public enum Kind {
    MONGO("collection", "document"),
    REDIS("database", "key"),
    OBJECT_STORE("bucket", "object");

    private final String group;
    private final String entry;

    Kind(String group, String entry) {
      this.group = group;
      this.entry = entry;
    }

    public String group() {
      return group;
    }

    public String entry() {
      return entry;
    }
  }

  /** How many entries all groups held. */
  public long count() {
    return groups.values().stream().mapToLong(GroupImage::count).sum();
  }

  /** The definitions of all groups. */
  public SortedMap<String, String> definitions() {
    SortedMap<String, String> all = new TreeMap<>();
    groups.values().forEach(group -> all.putAll(group.definitions()));
    return all;
  }
}
