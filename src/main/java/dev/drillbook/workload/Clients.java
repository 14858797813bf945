package dev.drillbook.workload;

import dev.drillbook.timeline.DrillClock;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Tick;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The clients of one drill and its probe: they run a {@link Workload} at its pace, and write down
 * every attempt. Closing stops them and waits for what is in flight, so that nobody writes while
 * the outcome is being judged.
 */
public final class Clients implements AutoCloseable {
  private static final int MAX_PROBES_IN_FLIGHT = 512;

  private final DrillClock clock;
  private final Workload workload;
  private final LoadProfile load;
  private final ProbeProfile probe;
  private final Ledger ledger;
  private final ProbeLog probes = new ProbeLog();
  private final ExecutorService clientThreads;
  private final ExecutorService probeThreads;
  private final Metronome clientBeat;
  private final Metronome probeBeat;
  private final AtomicReference<Throwable> crash = new AtomicReference<>();
  private final Gate gate = new Gate();
  private volatile Optional<Tick> steady = Optional.empty();
  private volatile Optional<Tick> disaster = Optional.empty();
  private boolean running;

  public Clients(DrillClock clock, Workload workload, LoadProfile load, ProbeProfile probe) {
    this.clock = clock;
    this.workload = workload;
    this.load = load;
    this.probe = probe;
    this.ledger = new Ledger(clock);
    this.clientThreads = threads("client", load.maxInFlight());
    this.probeThreads = threads("probe", MAX_PROBES_IN_FLIGHT);
    Duration pace = Duration.ofNanos(Math.round(1e9 / load.perSecond()));
    this.clientBeat = new Metronome("drillbook-clients", clock, pace, this::sendNext);
    this.probeBeat = new Metronome("drillbook-probe", clock, probe.interval(), this::sendProbe);
  }

  public void start() {
    running = true;
    clientBeat.start();
    probeBeat.start();
  }

  public Ledger ledger() {
    return ledger;
  }

  public ProbeLog probes() {
    return probes;
  }

  public Workload workload() {
    return workload;
  }

  public ProbeProfile probeProfile() {
    return probe;
  }

  /** From now on everybody is served, unless something is done to the system. */
  public void servedFromNowOn() {
    steady = Optional.of(clock.now());
  }

  /** What comes now is the disaster. */
  public void disasterStrikes() {
    disaster = Optional.of(clock.now());
  }

  /** Since when everybody was served; empty where that was never said. */
  public Optional<Tick> servedSince() {
    return steady;
  }

  /** When the disaster struck; empty where it did not yet. */
  public Optional<Tick> disasterAt() {
    return disaster;
  }

  /**
   * Performs one insert out of turn and waits for its answer.
   *
   * @return what was written, if it was acknowledged
   */
  public Optional<Operation> insertOne(String tag, Duration timeout) {
    Operation operation = workload.insert(tag);
    return perform(operation, timeout) == Outcome.ACKNOWLEDGED
        ? Optional.of(operation)
        : Optional.empty();
  }

  /**
   * The same with another key after each that was not acknowledged: on a busy machine one write may
   * be refused, or late, although nothing is broken.
   *
   * @param attempts how many at most
   */
  public Optional<Operation> insertOneOf(String tag, int attempts, Duration timeout) {
    Optional<Operation> written = insertOne(tag, timeout);
    for (int attempt = 2; written.isEmpty() && attempt <= attempts; attempt++) {
      written = insertOne(tag + "-" + attempt, timeout);
    }
    return written;
  }

  /** The first defect in the workload's own code that came to light, if there was one. */
  public Optional<Throwable> crash() {
    return clientBeat.crash().or(probeBeat::crash).or(() -> Optional.ofNullable(crash.get()));
  }

  /**
   * Keeps clients and probe from writing, and waits for the writes under way; what the schedule
   * wants meanwhile is not sent, and stands nowhere.
   *
   * @return lets them write again
   * @throws dev.drillbook.timeline.DrillException if a write is under way for longer than twice the
   *     clients' timeout
   */
  public Runnable hold() throws InterruptedException {
    Duration patience = load.timeout().multipliedBy(2);
    if (!gate.close(patience)) {
      gate.open();
      throw new DrillException(
          "a client's write was still under way " + DurationText.of(patience) + " later",
          "see the app's log");
    }
    return gate::open;
  }

  private void sendNext(long sequence, Tick due) {
    if (!gate.enter()) {
      return;
    }
    Operation operation;
    try {
      operation = workload.next(sequence);
    } catch (RuntimeException | Error defect) {
      gate.leave();
      throw defect;
    }
    try {
      clientThreads.execute(() -> leaving(() -> performNoting(operation)));
    } catch (RejectedExecutionException e) {
      gate.leave();
      ledger
          .invoke(operation)
          .failed("never sent: " + load.maxInFlight() + " writes were still awaiting their answer");
    }
  }

  private void performNoting(Operation operation) {
    try {
      perform(operation, load.timeout());
    } catch (RuntimeException | Error defect) {
      crash.compareAndSet(null, defect);
    }
  }

  private void leaving(Runnable write) {
    try {
      write.run();
    } finally {
      gate.leave();
    }
  }

  private void sendProbe(long sequence, Tick due) {
    if (!gate.enter()) {
      return;
    }
    try {
      probeThreads.execute(() -> leaving(() -> probes.add(probeOnce(sequence, due))));
    } catch (RejectedExecutionException e) {
      gate.leave();
      String error = MAX_PROBES_IN_FLIGHT + " probes were still awaiting their answer";
      probes.add(new ProbeResult(sequence, due, clock.now(), false, error));
    }
  }

  private ProbeResult probeOnce(long sequence, Tick due) {
    String error;
    try {
      error = writeAndReadBack(workload.insert("probe-" + sequence), due);
    } catch (RuntimeException | Error defect) {
      crash.compareAndSet(null, defect);
      error = "the workload's own code failed: " + defect;
    }
    Tick answered = clock.now();
    if (error.isEmpty() && answered.since(due).compareTo(probe.timeout()) > 0) {
      error = "answered too late";
    }
    return new ProbeResult(sequence, due, answered, error.isEmpty(), error);
  }

  /** What went wrong; empty where nothing did. */
  private String writeAndReadBack(Operation operation, Tick due) {
    Outcome outcome = perform(operation, timeLeft(due));
    if (outcome != Outcome.ACKNOWLEDGED) {
      return "the write was " + outcome.name().toLowerCase(Locale.ROOT);
    }
    try {
      Optional<String> found = workload.read(operation.key(), timeLeft(due));
      return found.equals(Optional.of(operation.value()))
          ? ""
          : "read back " + found.orElse("nothing") + " instead of " + operation.value();
    } catch (Exception e) {
      return "the read failed: " + e;
    }
  }

  private Duration timeLeft(Tick due) {
    Duration left = probe.timeout().minus(clock.now().since(due));
    return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
  }

  private Outcome perform(Operation operation, Duration timeout) {
    Ledger.Attempt attempt = ledger.invoke(operation);
    try {
      operation.request().send(timeout);
    } catch (RefusedException | ConnectException | HttpConnectTimeoutException e) {
      attempt.failed(e.toString());
      return Outcome.FAILED;
    } catch (HttpTimeoutException e) {
      attempt.indeterminate("no answer within " + timeout.toMillis() + " ms");
      return Outcome.INDETERMINATE;
    } catch (Exception e) {
      attempt.indeterminate(e.toString());
      return Outcome.INDETERMINATE;
    }
    attempt.acknowledged();
    workload.acknowledged(operation);
    return Outcome.ACKNOWLEDGED;
  }

  /**
   * Stops sending and waits until nothing is in flight, at most twice the clients' timeout; then
   * interrupts what is left, and waits for that once more.
   */
  @Override
  public void close() {
    if (running) {
      running = false;
      clientBeat.stop();
      probeBeat.stop();
    }
    clientThreads.shutdown();
    probeThreads.shutdown();
    try {
      long millis = load.timeout().multipliedBy(2).toMillis();
      long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      if (!haveEndedBy(deadline)) {
        clientThreads.shutdownNow();
        probeThreads.shutdownNow();
        haveEndedBy(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
      }
    } catch (InterruptedException e) {
      clientThreads.shutdownNow();
      probeThreads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private boolean haveEndedBy(long deadlineNanos) throws InterruptedException {
    return clientThreads.awaitTermination(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)
        && probeThreads.awaitTermination(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private static ExecutorService threads(String role, int atMost) {
    AtomicLong count = new AtomicLong();
    ThreadFactory factory =
        task -> {
          Thread thread = new Thread(task, "drillbook-" + role + "-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    return new ThreadPoolExecutor(
        0, atMost, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
  }
}
