package dev.drillbook.verification;

import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.Ledger.Entry;
import dev.drillbook.workload.Operation.Kind;
import dev.drillbook.workload.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes ledgers by hand; times are in milliseconds. */
final class Histories {
  private final List<Entry> entries = new ArrayList<>();

  Histories insert(String key, String value, long invoked, long answered) {
    return add(Kind.INSERT, key, value, invoked, answered, Outcome.ACKNOWLEDGED);
  }

  Histories update(String key, String value, long invoked, long answered) {
    return add(Kind.UPDATE, key, value, invoked, answered, Outcome.ACKNOWLEDGED);
  }

  Histories delete(String key, long invoked, long answered) {
    return add(Kind.DELETE, key, "", invoked, answered, Outcome.ACKNOWLEDGED);
  }

  Histories add(Kind kind, String key, String value, long invoked, long answered, Outcome outcome) {
    String error = outcome == Outcome.ACKNOWLEDGED ? "" : "status 409";
    entries.add(
        new Entry(entries.size(), kind, key, value, tick(invoked), tick(answered), outcome, error));
    return this;
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  static Tick tick(long millis) {
    return new Tick(Duration.ofMillis(millis).toNanos());
  }
}
