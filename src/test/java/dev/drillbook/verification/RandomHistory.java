package dev.drillbook.verification;

import static dev.drillbook.verification.Histories.tick;

import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.Ledger.Entry;
import dev.drillbook.workload.Operation.Kind;
import dev.drillbook.workload.Outcome;
import dev.drillbook.workload.StoredRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Concurrent clients, a system that takes each write at some instant between its invocation and its
 * answer, and a recovery that brings the state of one instant back. All writes to one key come from
 * one client.
 */
final class RandomHistory {
  private static final int[] VALUES = {1, 2, 3};

  /** A write that took effect at {@code applied}; never, where that is beyond the end of time. */
  private record Write(
      Kind kind,
      String key,
      String value,
      long invoked,
      long applied,
      long answered,
      Outcome outcome) {}

  private final Random random;
  private final int keysPerClient;
  private final boolean returning;
  private final List<Write> writes = new ArrayList<>();
  private final Map<String, String> state = new TreeMap<>();
  private long cut;
  private long restored;

  private RandomHistory(Random random, int keysPerClient, boolean returning) {
    this.random = random;
    this.keysPerClient = keysPerClient;
    this.returning = returning;
  }

  /** At most six writes, to keys from before the recovery and to new ones. */
  static RandomHistory tiny(Random random) {
    return new RandomHistory(random, 2, true).generate(1 + random.nextInt(3), 40, 12, 6);
  }

  /** Dozens of writes; after the recovery to new keys only. */
  static RandomHistory big(Random random) {
    return new RandomHistory(random, 20, false).generate(1 + random.nextInt(6), 400, 40, 1_000);
  }

  private RandomHistory generate(int clients, int length, int restoring, int atMost) {
    cut = random.nextInt(length);
    restored = (long) length + restoring;
    for (int client = 0; client < clients; client++) {
      run("c" + client, 0, length, atMost / clients);
    }
    writes.sort(Comparator.comparingLong(Write::applied));
    writes.stream().filter(write -> write.applied() <= cut).forEach(this::apply);
    List<Write> before = List.copyOf(writes);
    for (int client = 0; client < clients && writes.size() < atMost; client++) {
      int left = Math.min(atMost - writes.size(), 1 + random.nextInt(3));
      String writer = returning && random.nextBoolean() ? "c" : "d";
      run(writer + client, restored, restored + length / 4L, left);
    }
    writes.stream()
        .filter(write -> !before.contains(write))
        .sorted(Comparator.comparingLong(Write::applied))
        .filter(write -> write.applied() != Long.MAX_VALUE)
        .forEach(this::apply);
    writes.sort(Comparator.comparingLong(Write::invoked));
    return this;
  }

  private void run(String client, long from, long to, int atMost) {
    long now = from + random.nextInt(8);
    Map<String, Kind> last = new TreeMap<>();
    for (int i = 0; i < atMost && now < to; i++) {
      long took = 1L + random.nextInt(9);
      long answered = Math.min(now + took, to + 3);
      Outcome outcome = outcome();
      String key = client + "-" + random.nextInt(keysPerClient);
      Kind previous = last.get(key);
      Kind kind =
          previous == null || previous == Kind.DELETE
              ? Kind.INSERT
              : random.nextInt(3) == 0 ? Kind.DELETE : Kind.UPDATE;
      boolean happens =
          outcome == Outcome.ACKNOWLEDGED
              || (outcome == Outcome.INDETERMINATE && random.nextBoolean());
      long applied = now + random.nextInt((int) (answered - now) + 1);
      writes.add(
          new Write(
              kind,
              key,
              kind == Kind.DELETE ? "" : "v" + VALUES[random.nextInt(VALUES.length)],
              now,
              happens ? applied : Long.MAX_VALUE,
              answered,
              outcome));
      if (outcome != Outcome.FAILED) {
        last.put(key, kind);
      }
      now = answered + 1 + random.nextInt(6);
    }
  }

  private Outcome outcome() {
    int dice = random.nextInt(10);
    return dice == 0 ? Outcome.FAILED : dice == 1 ? Outcome.INDETERMINATE : Outcome.ACKNOWLEDGED;
  }

  private void apply(Write write) {
    if (write.kind() == Kind.DELETE) {
      state.remove(write.key());
    } else {
      state.put(write.key(), write.value());
    }
  }

  List<Entry> ledger() {
    Histories ledger = new Histories();
    writes.forEach(
        w -> ledger.add(w.kind(), w.key(), w.value(), w.invoked(), w.answered(), w.outcome()));
    return ledger.entries();
  }

  /** A new list, in no order. */
  List<StoredRow> contents() {
    List<StoredRow> rows = new ArrayList<>();
    state.forEach((key, value) -> rows.add(new StoredRow(key, value)));
    Collections.shuffle(rows, random);
    return rows;
  }

  RecoveryPoint point() {
    return new RecoveryPoint(tick(cut), tick(cut));
  }

  Tick restored() {
    return tick(restored);
  }
}
