package dev.drillbook.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.Tick;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClientsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final LoadProfile CALM = new LoadProfile(200, 50, PATIENCE);
  private static final ProbeProfile PROBE =
      new ProbeProfile(Duration.ofMillis(5), Duration.ofSeconds(20), 3, 3);

  private final DrillClock clock = DrillClock.start();
  private final FakeWorkload workload = new FakeWorkload();
  private final CountDownLatch answer = new CountDownLatch(1);
  private Clients clients = clients(CALM, PROBE);

  @AfterEach
  void close() {
    answer.countDown();
    clients.close();
  }

  @Test
  void whatIsAcknowledgedStandsInTheLedgerAndInTheStore() {
    clients.start();
    await().until(() -> countOf(Outcome.ACKNOWLEDGED) > 20);
    clients.close();

    assertThat(clients.ledger().view().entries())
        .allSatisfy(entry -> assertThat(workload.stored).containsEntry(entry.key(), entry.value()));
    assertThat(workload.acknowledged).hasSize((int) countOf(Outcome.ACKNOWLEDGED));
    assertThat(clients.probes().results()).isNotEmpty().allMatch(ProbeResult::ok);
    assertThat(clients.crash()).isEmpty();
  }

  @Test
  void slowAnswersDoNotStretchTheSchedule() {
    workload.onWrite = timeout -> answer.await();
    workload.onProbe = timeout -> {};
    clients.start();
    await().until(() -> countOf(Outcome.INDETERMINATE) > 20);
    assertThat(entriesOf(Outcome.ACKNOWLEDGED)).allMatch(entry -> entry.key().startsWith("probe-"));
  }

  @Test
  void aWriteBeyondTheMostInFlightIsRecordedAsFailed() {
    clients = clients(new LoadProfile(500, 3, PATIENCE), PROBE);
    workload.onWrite = timeout -> answer.await();
    workload.onProbe = timeout -> {};
    clients.start();
    await().until(() -> countOf(Outcome.FAILED) > 3);

    assertThat(entriesOf(Outcome.INDETERMINATE))
        .filteredOn(entry -> entry.key().startsWith("write-"))
        .hasSize(3);
    assertThat(entriesOf(Outcome.FAILED))
        .allSatisfy(
            entry ->
                assertThat(entry.error())
                    .isEqualTo("never sent: 3 writes were still awaiting their answer"));
  }

  static Stream<Exception> certainlyNotWritten() {
    return Stream.of(
        new RefusedException("409"),
        new ConnectException("Connection refused"),
        new HttpConnectTimeoutException("no connection"));
  }

  @ParameterizedTest
  @MethodSource("certainlyNotWritten")
  void aWriteThatNeverReachedTheSystemOrWasRefusedHasFailed(Exception problem) {
    assertThat(outcomeOf(problem)).isEqualTo(Outcome.FAILED);
  }

  static Stream<Exception> perhapsWritten() {
    return Stream.of(
        new HttpTimeoutException("request timed out"),
        new IOException("HTTP/1.1 header parser received no bytes"),
        new SQLException("connection reset"),
        new IllegalStateException("status 500"));
  }

  @ParameterizedTest
  @MethodSource("perhapsWritten")
  void aWriteWithoutAnAnswerIsIndeterminate(Exception problem) {
    assertThat(outcomeOf(problem)).isEqualTo(Outcome.INDETERMINATE);
  }

  private Outcome outcomeOf(Exception problem) {
    workload.onWrite =
        timeout -> {
          throw problem;
        };
    assertThat(clients.insertOne("one", PATIENCE)).isEmpty();
    assertThat(workload.acknowledged).isEmpty();
    return clients.ledger().view().entry(0).outcome();
  }

  @Test
  void anInsertOutOfTurnGivesWhatWasWritten() {
    assertThat(clients.insertOne("nonce", PATIENCE))
        .hasValueSatisfying(written -> assertThat(written.key()).isEqualTo("nonce"));
    assertThat(countOf(Outcome.ACKNOWLEDGED)).isEqualTo(1);
  }

  @Test
  void anInsertThatMayBeTriedAgainIsTriedWithOtherKeys() {
    workload.onWrite =
        timeout -> {
          if (clients.ledger().view().size() < 3) {
            throw new IOException("busy");
          }
        };
    assertThat(clients.insertOneOf("nonce", 3, PATIENCE))
        .hasValueSatisfying(written -> assertThat(written.key()).isEqualTo("nonce-3"));
    workload.onWrite =
        timeout -> {
          throw new IOException("down");
        };
    assertThat(clients.insertOneOf("other", 3, PATIENCE)).isEmpty();
    assertThat(clients.ledger().view().size()).isEqualTo(6);
  }

  @Test
  void aProbeThatReadsBackSomethingElseHasFailed() {
    clients =
        new Clients(
            clock,
            new FakeWorkload() {
              @Override
              public Optional<String> read(String key, Duration timeout) {
                return key.equals("probe-0") ? Optional.empty() : Optional.of("stale");
              }
            },
            CALM,
            PROBE);
    assertThat(failedProbes().subList(0, 2))
        .extracting(ProbeResult::error)
        .containsExactly(
            "read back nothing instead of value of probe-0",
            "read back stale instead of value of probe-1");
  }

  @Test
  void aProbeWhoseReadFailsHasFailed() {
    clients =
        new Clients(
            clock,
            new FakeWorkload() {
              @Override
              public Optional<String> read(String key, Duration timeout) throws IOException {
                throw new IOException("connection reset");
              }
            },
            CALM,
            PROBE);
    assertThat(failedProbes().get(0).error())
        .isEqualTo("the read failed: java.io.IOException: connection reset");
  }

  @Test
  void aProbeWhoseWriteIsRefusedHasFailed() {
    workload.onProbe =
        timeout -> {
          throw new RefusedException("503");
        };
    assertThat(failedProbes().get(0).error()).isEqualTo("the write was failed");
  }

  @Test
  void aProbeThatIsAnsweredTooLateHasFailed() {
    Duration timeout = Duration.ofMillis(20);
    clients = clients(CALM, new ProbeProfile(Duration.ofMillis(10), timeout, 3, 3));
    workload.onProbe = ignored -> answer.await();
    clients.start();
    Tick tooLate = clock.now().plus(Duration.ofMillis(200));
    await().until(() -> clock.now().isAfter(tooLate));
    answer.countDown();
    await().until(() -> !clients.probes().results().isEmpty());
    clients.close();

    ProbeResult first = clients.probes().results().get(0);
    assertThat(first.sequence()).isZero();
    assertThat(first.ok()).isFalse();
    assertThat(first.error()).isEqualTo("answered too late");
    assertThat(first.answered().since(first.due())).isGreaterThan(timeout);
  }

  @Test
  void aDefectInMakingUpTheNextWriteIsNoticedAndTheProbeGoesOn() {
    IllegalStateException defect = new IllegalStateException("no product left");
    clients =
        new Clients(
            clock,
            new FakeWorkload() {
              @Override
              public Operation next(long sequence) {
                throw defect;
              }
            },
            CALM,
            PROBE);
    clients.start();
    await().until(() -> clients.crash().isPresent());
    assertThat(clients.crash()).containsSame(defect);
    int probes = clients.probes().results().size();
    await().until(() -> clients.probes().results().size() > probes);
  }

  @Test
  void aDefectInMakingUpAProbeIsNoticedAndTheProbeHasFailed() {
    IllegalStateException defect = new IllegalStateException("no product left");
    clients =
        new Clients(
            clock,
            new FakeWorkload() {
              @Override
              public Operation insert(String tag) {
                throw defect;
              }
            },
            CALM,
            PROBE);
    assertThat(failedProbes().get(0).error())
        .isEqualTo("the workload's own code failed: " + defect);
    assertThat(clients.crash()).containsSame(defect);
  }

  @Test
  void aDefectInTakingNoteOfAnAnswerIsNoticedAndTheWriteStaysAcknowledged() {
    IllegalStateException defect = new IllegalStateException("queue full");
    clients =
        new Clients(
            clock,
            new FakeWorkload() {
              @Override
              public void acknowledged(Operation operation) {
                if (operation.key().startsWith("write-")) {
                  throw defect;
                }
              }
            },
            CALM,
            PROBE);
    clients.start();
    await().until(() -> clients.crash().isPresent());
    clients.close();
    assertThat(clients.crash()).containsSame(defect);
    assertThat(clients.ledger().view().entries())
        .extracting(Ledger.Entry::outcome)
        .containsOnly(Outcome.ACKNOWLEDGED);
  }

  @Test
  void closingWaitsForWhatIsInFlight() throws InterruptedException {
    workload.onWrite = timeout -> answer.await();
    clients.start();
    await().until(() -> countOf(Outcome.INDETERMINATE) > 5);
    Thread closer = new Thread(clients::close);
    closer.start();
    await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
    assertThat(countOf(Outcome.ACKNOWLEDGED)).isZero();

    answer.countDown();
    closer.join();
    assertThat(clients.ledger().view().entries())
        .extracting(Ledger.Entry::outcome)
        .containsOnly(Outcome.ACKNOWLEDGED);
  }

  @Test
  void whatNeverAnswersIsGivenUpAndStaysIndeterminate() {
    clients = clients(new LoadProfile(200, 50, Duration.ofMillis(100)), PROBE);
    workload.onWrite = timeout -> new CountDownLatch(1).await();
    clients.start();
    await().until(() -> countOf(Outcome.INDETERMINATE) > 5);
    clients.close();
    assertThat(clients.ledger().view().entries())
        .extracting(Ledger.Entry::outcome)
        .containsOnly(Outcome.INDETERMINATE);
  }

  @Test
  void whatIsInterruptedIsWaitedFor() {
    AtomicInteger ended = new AtomicInteger();
    AtomicInteger begun = new AtomicInteger();
    clients = clients(new LoadProfile(200, 50, Duration.ofMillis(400)), PROBE);
    workload.onWrite =
        timeout -> {
          begun.incrementAndGet();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            Thread.sleep(200);
            ended.incrementAndGet();
            throw e;
          }
        };
    clients.start();
    await().until(() -> begun.get() > 5);
    clients.close();
    assertThat(ended).hasValue(begun.get());
  }

  @Test
  void clientsThatNeverStartedCanBeClosed() {
    clients.close();
    assertThat(clients.ledger().view().entries()).isEmpty();
  }

  private List<ProbeResult> failedProbes() {
    clients.start();
    await().until(() -> clients.probes().results().size() > 3);
    clients.close();
    assertThat(clients.probes().results()).noneMatch(ProbeResult::ok);
    return clients.probes().results();
  }

  private Clients clients(LoadProfile load, ProbeProfile probe) {
    return new Clients(clock, workload, load, probe);
  }

  private long countOf(Outcome outcome) {
    return entriesOf(outcome).size();
  }

  private List<Ledger.Entry> entriesOf(Outcome outcome) {
    return clients.ledger().view().entries().filter(entry -> entry.outcome() == outcome).toList();
  }
}
