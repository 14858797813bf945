package dev.drillbook.snapshot;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes in the entries of one group, as they are read and in any order. Any thread may add. */
final class GroupReading {
  private final String name;
  private final KeyBudget budget;
  private final SortedMap<String, String> definitions = new TreeMap<>();
  private HashSum lasting = new HashSum();
  private HashSum expiring = new HashSum();
  private KeptKeys.Builder kept = new KeptKeys.Builder();
  private long keptBytes;

  GroupReading(String name, KeyBudget budget) {
    this.name = name;
    this.budget = budget;
  }

  void define(String object, String definition) {
    definitions.put(object, definition);
  }

  /** Adds an entry that does not expire. */
  void add(String key, EntryHash hash) {
    add(key, hash, KeptKeys.NEVER);
  }

  synchronized void add(String key, EntryHash hash, long expiresAtMillis) {
    sumFor(expiresAtMillis).add(hash);
    if (kept == null) {
      return;
    }
    byte[] text = key.getBytes(StandardCharsets.UTF_8);
    if (budget.take(text.length)) {
      kept.add(text, hash, expiresAtMillis);
      keptBytes += text.length;
    } else {
      budget.giveBack(count() - 1, keptBytes);
      kept = null;
    }
  }

  private HashSum sumFor(long expiresAtMillis) {
    return expiresAtMillis == KeptKeys.NEVER ? lasting : expiring;
  }

  synchronized long count() {
    return lasting.count() + expiring.count();
  }

  synchronized boolean keepsKeys() {
    return kept != null;
  }

  synchronized GroupImage build(Instant readAt) {
    return new GroupImage(
        name,
        lasting.fingerprint(),
        expiring.fingerprint(),
        new TreeMap<>(definitions),
        Optional.ofNullable(kept).map(KeptKeys.Builder::build),
        readAt);
  }

  /** The same where a key that was handed out more than once, as SCAN may do, counts once. */
  synchronized GroupImage buildOfDistinctKeys(Instant readAt) {
    if (kept != null) {
      KeptKeys all = kept.build();
      kept = new KeptKeys.Builder();
      lasting = new HashSum();
      expiring = new HashSum();
      for (int i = 0; i < all.size(); i++) {
        if (i == 0 || all.compareKeys(i - 1, all, i) != 0) {
          EntryHash hash = new EntryHash(all.high(i), all.low(i));
          sumFor(all.expiresAtMillis(i)).add(hash);
          kept.add(all.key(i).getBytes(StandardCharsets.UTF_8), hash, all.expiresAtMillis(i));
        }
      }
    }
    return build(readAt);
  }
}
