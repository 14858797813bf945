package dev.drillbook.workload;

import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Tick;
import java.nio.charset.StandardCharsets;

/**
 * Every attempt of every client: invoked when, answered when, and with what. An attempt enters the
 * ledger before its request is sent, so that a crash of anything but this JVM cannot make one
 * disappear; until it is answered it is indeterminate.
 *
 * <p>An attempt takes 28 bytes of memory, and a quarter of a byte to find its texts again, which
 * stand in a file once they are more than 1 MiB. Any number of threads may write.
 */
public final class Ledger implements AutoCloseable {
  private final DrillClock clock;
  private final Columns columns = new Columns();
  private final TextLog texts = new TextLog();
  private final Errors errors = new Errors();
  private long lastViewNanos = -1;

  public Ledger(DrillClock clock) {
    this.clock = clock;
  }

  /**
   * One line of the ledger. The answered tick of an attempt that nobody answered is when the ledger
   * was read.
   */
  public record Entry(
      int id,
      Operation.Kind kind,
      String key,
      String value,
      Tick invoked,
      Tick answered,
      Outcome outcome,
      String error) {}

  /** An attempt whose answer is awaited. */
  public final class Attempt {
    private final int id;

    private Attempt(int id) {
      this.id = id;
    }

    public Tick acknowledged() {
      return answer(id, Outcome.ACKNOWLEDGED, "");
    }

    public Tick failed(String error) {
      return answer(id, Outcome.FAILED, error);
    }

    public Tick indeterminate(String error) {
      return answer(id, Outcome.INDETERMINATE, error);
    }
  }

  /**
   * Notes that {@code operation} is about to be sent.
   *
   * @throws DrillException if the drill has been running for more than 78 hours, or if the texts
   *     cannot be kept
   */
  public Attempt invoke(Operation operation) {
    byte[] key = operation.key().getBytes(StandardCharsets.UTF_8);
    byte[] value = operation.value().getBytes(StandardCharsets.UTF_8);
    long keyHash = TextHash.of(key);
    long valueHash = TextHash.of(value);
    synchronized (columns) {
      // The clock is read in here so that ids are in the order of invocation.
      texts.append(key, value);
      return new Attempt(columns.append(operation.kind(), clock.now().nanos(), keyHash, valueHash));
    }
  }

  private Tick answer(int id, Outcome outcome, String error) {
    int number = errors.numberOf(error);
    synchronized (columns) {
      // An answer is later than every view that does not show it.
      Tick now = new Tick(Math.max(clock.now().nanos(), lastViewNanos + 1));
      columns.answer(id, outcome, number, now.nanos());
      return now;
    }
  }

  /** All attempts so far. */
  public LedgerView view() {
    synchronized (columns) {
      lastViewNanos = Math.max(clock.now().nanos(), lastViewNanos);
      return new LedgerView(columns.snapshot(), texts, errors, lastViewNanos);
    }
  }

  /** Gives the texts up; everything else can still be read. */
  @Override
  public void close() {
    texts.close();
  }
}
