package dev.drillbook.benchmark;

import dev.drillbook.timeline.DrillClock;
import dev.drillbook.workload.Ledger;
import dev.drillbook.workload.LedgerView;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Operation.Kind;
import dev.drillbook.workload.TextHash;
import java.util.SplittableRandom;

/**
 * A ledger as {@value #CLIENTS} clients leave it that write at the same time: of ten writes seven
 * inserts, two updates (one of them while the insert may still be under way) and a delete; one in a
 * hundred without an answer, one in two hundred refused. Its store was restored to a moment before
 * the last twentieth of them.
 */
final class SyntheticRun {
  private static final int CLIENTS = 64;
  private static final int BLOCK = 10;

  /** How many blocks after a row's insert it is updated again or deleted. */
  private static final int LATER = 500;

  private final int cut;
  private final LedgerView ledger;
  private int lost;

  private SyntheticRun(int writes) {
    this.cut = writes / 200 * 190;
    Ledger written = new Ledger(DrillClock.start());
    Ledger.Attempt[] underWay = new Ledger.Attempt[CLIENTS];
    int[] numbers = new int[CLIENTS];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < writes; i++) {
      int client = random.nextInt(CLIENTS);
      if (underWay[client] != null) {
        answer(underWay[client], numbers[client]);
      }
      underWay[client] = written.invoke(write(i));
      numbers[client] = i;
    }
    for (int client = 0; client < CLIENTS; client++) {
      if (underWay[client] != null) {
        answer(underWay[client], numbers[client]);
      }
    }
    ledger = written.view();
  }

  static SyntheticRun of(int writes) {
    return new SyntheticRun(writes);
  }

  private void answer(Ledger.Attempt attempt, int number) {
    if (isRefused(number)) {
      attempt.failed("status 409");
    } else if (number % 100 == 50) {
      attempt.indeterminate("no answer within 2000 ms");
    } else {
      attempt.acknowledged();
      lost += number >= cut ? 1 : 0;
    }
  }

  private static boolean isRefused(int number) {
    return number % 200 == 103;
  }

  private static Operation write(int number) {
    int block = number / BLOCK;
    int role = number % BLOCK;
    boolean early = block < LATER;
    if (role == 7 && !early) {
      return write(Kind.UPDATE, (block - LATER) * BLOCK, number);
    }
    if (role == 8) {
      return write(Kind.UPDATE, block * BLOCK + 1, number);
    }
    if (role == 9 && !early) {
      return write(Kind.DELETE, (block - LATER) * BLOCK + 2, number);
    }
    return write(Kind.INSERT, number, number);
  }

  private static Operation write(Kind kind, int key, int number) {
    String value = kind == Kind.DELETE ? "" : value(number);
    return new Operation(kind, key(key), value, timeout -> {});
  }

  private static String key(int number) {
    return "order-" + number;
  }

  private static String value(int number) {
    return "placed|" + number + "|2";
  }

  LedgerView ledger() {
    return ledger;
  }

  /** How many acknowledged writes are not in the restored store. */
  int lost() {
    return lost;
  }

  /** Takes the hashes of a row's key and value. */
  @FunctionalInterface
  interface Rows {
    void row(long keyHash, long valueHash);
  }

  /** The store's rows. */
  void contents(Rows sink) {
    for (int number = 0; number < cut; number++) {
      int role = number % BLOCK;
      int later = number + LATER * BLOCK;
      if (write(number).kind() != Kind.INSERT || isRefused(number)) {
        continue;
      }
      boolean deleted = role == 2 && later + 7 < cut;
      if (!deleted) {
        int last = number;
        last = role == 1 ? number + 7 : last;
        last = role == 0 && later + 7 < cut ? later + 7 : last;
        sink.row(TextHash.of(key(number)), TextHash.of(value(last)));
      }
    }
  }
}
