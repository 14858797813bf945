package dev.drillbook.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.Tick;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final DrillClock clock = DrillClock.start();
  private final Ledger ledger = new Ledger(clock);

  @Test
  void anAttemptIsIndeterminateUntilItIsAnswered() {
    Ledger.Attempt attempt = ledger.invoke(insert("a"));
    Tick before = clock.now();

    assertThat(ledger.view().entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.outcome()).isEqualTo(Outcome.INDETERMINATE);
              assertThat(entry.error()).isEqualTo("no answer yet");
              assertThat(entry.answered()).isGreaterThanOrEqualTo(before);
            });

    Tick answered = attempt.acknowledged();
    assertThat(ledger.view().entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.outcome()).isEqualTo(Outcome.ACKNOWLEDGED);
              assertThat(entry.answered()).isEqualTo(answered);
              assertThat(entry.invoked()).isLessThanOrEqualTo(before);
            });
  }

  @Test
  void anEntryHoldsWhatWasWrittenAndWhatWentWrong() {
    ledger
        .invoke(new Operation(Operation.Kind.UPDATE, "a", "new", timeout -> {}))
        .failed("out of stock");
    ledger.invoke(new Operation(Operation.Kind.DELETE, "b", "", timeout -> {})).indeterminate("?");

    assertThat(ledger.view().entries())
        .extracting(Ledger.Entry::toString)
        .satisfiesExactly(
            first -> assertThat(first).contains("UPDATE", "key=a", "value=new", "FAILED", "stock"),
            second -> assertThat(second).contains("DELETE", "key=b", "INDETERMINATE", "error=?"));
  }

  @Test
  void aSecondAnswerIsRefusedAndChangesNothing() {
    Ledger.Attempt attempt = ledger.invoke(insert("a"));
    attempt.acknowledged();
    assertThatThrownBy(() -> attempt.failed("no"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("attempt 0 was answered twice");
    assertThat(ledger.view().entries())
        .extracting(Ledger.Entry::outcome)
        .containsExactly(Outcome.ACKNOWLEDGED);
  }

  @Test
  void aViewStaysAsItWas() {
    Ledger.Attempt answeredLater = ledger.invoke(insert("a"));
    LedgerView before = ledger.view();
    answeredLater.acknowledged();
    ledger.invoke(insert("b"));

    assertThat(before.size()).isEqualTo(1);
    assertThat(before.outcome(0)).isEqualTo(Outcome.INDETERMINATE);
    assertThat(before.entry(0).error()).isEqualTo("no answer yet");
    assertThat(before.count(Outcome.ACKNOWLEDGED)).isZero();
    assertThat(ledger.view().outcome(0)).isEqualTo(Outcome.ACKNOWLEDGED);
    assertThat(ledger.view().answeredNanos(0)).isGreaterThan(before.answeredNanos(0));
  }

  @Test
  void aClosedLedgerStillKnowsItsTimes() {
    ledger.invoke(insert("a")).acknowledged();
    ledger.close();
    assertThat(ledger.view().count(Outcome.ACKNOWLEDGED)).isEqualTo(1);
    assertThatThrownBy(() -> ledger.view().entry(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void attemptsOfManyThreadsAreNumberedInTheOrderOfTheirInvocation() throws Exception {
    int clients = 4;
    int writes = 500;
    CyclicBarrier together = new CyclicBarrier(clients);
    List<Thread> threads =
        IntStream.range(0, clients)
            .mapToObj(client -> new Thread(() -> writeAll(together, client, writes)))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    List<Ledger.Entry> entries = ledger.view().entries().toList();
    assertThat(entries)
        .extracting(Ledger.Entry::id)
        .containsExactlyElementsOf(IntStream.range(0, clients * writes).boxed().toList());
    assertThat(entries).extracting(Ledger.Entry::invoked).isSorted();
    assertThat(entries).extracting(Ledger.Entry::key).doesNotHaveDuplicates();
  }

  private void writeAll(CyclicBarrier together, int client, int writes) {
    try {
      together.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    IntStream.range(0, writes).forEach(i -> ledger.invoke(insert(client + "-" + i)).acknowledged());
  }

  private static Operation insert(String key) {
    return new Operation(Operation.Kind.INSERT, key, "value", timeout -> {});
  }
}
