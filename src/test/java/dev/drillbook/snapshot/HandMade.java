package dev.drillbook.snapshot;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Images of stores, made by hand. */
public final class HandMade {
  private final GroupReading reading;
  private Instant readAt = Instant.EPOCH;

  private HandMade(String name, boolean keepsKeys) {
    reading = new GroupReading(name, keepsKeys ? KeyBudget.standard() : new KeyBudget(0, 0));
  }

  /** A group whose keys are kept. */
  public static HandMade group(String name) {
    return new HandMade(name, true);
  }

  /** A group too large for that. */
  public static HandMade large(String name) {
    return new HandMade(name, false);
  }

  public HandMade with(Map<String, String> entries) {
    entries.forEach((key, value) -> reading.add(key, hash(key, value)));
    return this;
  }

  public HandMade expiring(String key, String value, Instant at) {
    reading.add(key, hash(key, value), at.toEpochMilli());
    return this;
  }

  public HandMade defined(String object, String definition) {
    reading.define(object, definition);
    return this;
  }

  public HandMade readAt(Instant moment) {
    readAt = moment;
    return this;
  }

  private static EntryHash hash(String key, String value) {
    return new EntryHash.Builder().part(key).part(value).build();
  }

  public static StoreImage image(StoreImage.Kind kind, HandMade... groups) {
    SortedMap<String, GroupImage> byName = new TreeMap<>();
    Arrays.stream(groups)
        .map(group -> group.reading.build(group.readAt))
        .forEach(group -> byName.put(group.name(), group));
    return new StoreImage(kind, byName);
  }
}
