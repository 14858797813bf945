package dev.drillbook.workload;

import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.Tick;
import java.util.ArrayList;
import java.util.List;

/**
 * Every attempt of every client: invoked when, answered when, and with what. An attempt enters the
 * ledger before its request is sent, so that a crash of anything but this JVM cannot make one
 * disappear; until it is answered it is indeterminate.
 */
public final class Ledger {
  private final DrillClock clock;
  private final List<Attempt> attempts = new ArrayList<>();

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
    private final Operation operation;
    private final Tick invoked;
    private Entry answered;

    private Attempt(int id, Operation operation) {
      this.id = id;
      this.operation = operation;
      this.invoked = clock.now();
    }

    public Tick acknowledged() {
      return answer(Outcome.ACKNOWLEDGED, "");
    }

    public Tick failed(String error) {
      return answer(Outcome.FAILED, error);
    }

    public Tick indeterminate(String error) {
      return answer(Outcome.INDETERMINATE, error);
    }

    private Tick answer(Outcome outcome, String error) {
      Tick now = clock.now();
      synchronized (attempts) {
        if (answered != null) {
          throw new IllegalStateException("attempt " + id + " was answered twice");
        }
        answered = entry(now, outcome, error);
      }
      return now;
    }

    private Entry entry(Tick at, Outcome outcome, String error) {
      return new Entry(
          id, operation.kind(), operation.key(), operation.value(), invoked, at, outcome, error);
    }
  }

  /** Notes that {@code operation} is about to be sent. */
  public Attempt invoke(Operation operation) {
    synchronized (attempts) {
      Attempt attempt = new Attempt(attempts.size(), operation);
      attempts.add(attempt);
      return attempt;
    }
  }

  /** All attempts so far, in the order of their invocation. */
  public List<Entry> entries() {
    synchronized (attempts) {
      Tick now = clock.now();
      return attempts.stream()
          .map(
              a ->
                  a.answered != null
                      ? a.answered
                      : a.entry(now, Outcome.INDETERMINATE, "no answer yet"))
          .toList();
    }
  }
}
