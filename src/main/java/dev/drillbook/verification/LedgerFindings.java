package dev.drillbook.verification;

import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.Ledger.Entry;
import dev.drillbook.workload.LedgerView;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.TextHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Says in words what the tally counted, with the first few examples of each kind of damage. */
final class LedgerFindings {
  private static final String SUBJECT = "ledger";

  private final LedgerView ledger;
  private final Moments moments;
  private final Tally tally;
  private final Map<Long, Row> rows = new HashMap<>();

  private record Row(String key, String value) {}

  private LedgerFindings(LedgerView ledger, Moments moments, Tally tally) {
    this.ledger = ledger;
    this.moments = moments;
    this.tally = tally;
  }

  /**
   * All findings.
   *
   * @param store read once more if rows have to be shown, of which so far only hashes are known
   */
  static List<Finding> of(LedgerView ledger, Moments moments, Tally tally, Store store) {
    LedgerFindings findings = new LedgerFindings(ledger, moments, tally);
    findings.readRows(store);
    return Arrays.stream(Damage.values())
        .filter(damage -> tally.count(damage) > 0)
        .map(findings::finding)
        .toList();
  }

  private void readRows(Store store) {
    Set<Long> wanted = new HashSet<>();
    for (Sight sight : Sight.values()) {
      if (sight.needsRow()) {
        tally.of(sight).examples().map(where -> keyHash(sight, where)).forEach(wanted::add);
      }
    }
    if (wanted.isEmpty()) {
      return;
    }
    try {
      store.contents(
          (key, value) -> {
            long hash = TextHash.of(key);
            if (wanted.contains(hash)) {
              rows.putIfAbsent(hash, new Row(key, value));
            }
          });
    } catch (Exception unreadable) {
      // What was judged stands; its examples are told without their rows.
      rows.clear();
    }
  }

  private long keyHash(Sight sight, long where) {
    return sight.isOfStranger() ? where : ledger.keyHash((int) where);
  }

  private Finding finding(Damage damage) {
    List<String> examples = new ArrayList<>();
    for (Sight sight : Sight.values()) {
      if (sight.damage() == damage) {
        tally.of(sight).examples().forEach(where -> examples.add(example(sight, where)));
      }
    }
    String found = tally.count(damage) + " " + damage.plural();
    return Finding.fail(SUBJECT, damage.expected(), found, damage.hint()).withExamples(examples);
  }

  private String example(Sight sight, long where) {
    if (sight.isOfStranger()) {
      Row row = row(where, "a row that could not be read again");
      return sight == Sight.NEVER_ATTEMPTED
          ? row.key() + " = " + row.value() + ", which no client ever attempted"
          : row.key() + " stands more than once";
    }
    Entry entry = ledger.entry((int) where);
    String key = entry.key();
    String found = row(ledger.keyHash(entry.id()), key).value();
    return switch (sight) {
      case LOST_PUT, OLDER_VERSION, LOST_DELETE -> lost(entry);
      case REFUSED -> key + " = " + found + ", whose write was refused: " + entry.error();
      case TOO_NEW ->
          written(entry) + at(entry) + ", after the recovery point, and yet it is there";
      case DUPLICATE -> key + " stands more than once";
      case ALTERED -> key + " is " + found + ", last written as " + entry.value() + at(entry);
      case LOST_AFTERWARDS -> written(entry) + at(entry);
      case NEVER_ATTEMPTED, DUPLICATE_STRANGER -> throw new IllegalStateException(sight.name());
    };
  }

  private Row row(long keyHash, String key) {
    return rows.getOrDefault(keyHash, new Row(key, "(could not be read again)"));
  }

  private String lost(Entry entry) {
    return written(entry)
        + at(entry)
        + (entry.answered().nanos() < moments.notBefore()
            ? ", before the recovery point"
            : ", before a surviving write was invoked");
  }

  private static String written(Entry entry) {
    return entry.kind() == Operation.Kind.DELETE
        ? entry.key() + " was deleted"
        : entry.key() + " = " + entry.value();
  }

  private static String at(Entry entry) {
    return switch (entry.outcome()) {
      case ACKNOWLEDGED -> ", acknowledged at " + seconds(entry.answered());
      case FAILED -> ", refused at " + seconds(entry.answered());
      case INDETERMINATE -> ", attempted at " + seconds(entry.invoked());
    };
  }

  private static String seconds(Tick tick) {
    return String.format(Locale.ROOT, "%.3f s", tick.nanos() / 1e9);
  }
}
