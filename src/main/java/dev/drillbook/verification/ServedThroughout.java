package dev.drillbook.verification;

import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.Clients;
import dev.drillbook.workload.LedgerView;
import dev.drillbook.workload.Outcome;
import dev.drillbook.workload.ProbeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Nobody noticed anything: since clients were served steadily, no probe and no write of a client
 * has failed or gone without an answer. For disasters that a system is meant to live through, such
 * as a cache that is gone.
 */
public final class ServedThroughout implements Check {

  public static Check servedThroughout() {
    return new ServedThroughout();
  }

  @Override
  public String name() {
    return "served throughout";
  }

  @Override
  public Examined examine(Evidence evidence) {
    Clients clients = evidence.clients();
    Tick since =
        clients
            .servedSince()
            .orElseThrow(() -> new IllegalStateException("clients were never served steadily"));
    Tick disaster =
        clients.disasterAt().orElseThrow(() -> new IllegalStateException("no disaster has struck"));
    return judge(since, disaster, clients.probes().results(), clients.ledger().view());
  }

  Examined judge(Tick since, Tick disaster, List<ProbeResult> allProbes, LedgerView ledger) {
    List<Finding> findings = new ArrayList<>();
    List<ProbeResult> probes = allProbes.stream().filter(p -> !p.due().isBefore(since)).toList();
    judgeProbes(probes, disaster, findings);
    int[] writes =
        IntStream.range(0, ledger.size())
            .filter(id -> ledger.invokedNanos(id) >= since.nanos())
            .toArray();
    judgeWrites(ledger, writes, disaster, findings);
    boolean wasUsed =
        probes.stream().anyMatch(probe -> !probe.due().isBefore(disaster))
            && Arrays.stream(writes).anyMatch(id -> ledger.invokedNanos(id) >= disaster.nanos());
    if (!wasUsed) {
      findings.add(
          Finding.unknown(
              name(),
              "clients and probes go on after the disaster",
              "none did",
              "does the drill give them time to?"));
    }
    return new Examined(
        "%d probes, %d writes; answered before the disaster %s, since then %s"
            .formatted(
                probes.size(),
                writes.length,
                latency(ledger, writes, id -> ledger.invokedNanos(id) < disaster.nanos()),
                latency(ledger, writes, id -> ledger.invokedNanos(id) >= disaster.nanos())),
        writes.length,
        findings);
  }

  private void judgeProbes(List<ProbeResult> probes, Tick disaster, List<Finding> findings) {
    List<ProbeResult> failed = probes.stream().filter(probe -> !probe.ok()).toList();
    if (!failed.isEmpty()) {
      findings.add(
          Finding.fail(
                  name(),
                  "no probe fails, before, during or after the disaster",
                  failed.size() + " of " + probes.size() + " failed",
                  "what does the app still need that was hit? see its log")
              .withExamples(
                  failed.stream()
                      .map(probe -> when(probe.due().nanos(), disaster) + ": " + probe.error())
                      .toList()));
    }
  }

  private void judgeWrites(LedgerView ledger, int[] writes, Tick disaster, List<Finding> findings) {
    int[] failed =
        Arrays.stream(writes).filter(id -> ledger.outcome(id) != Outcome.ACKNOWLEDGED).toArray();
    if (failed.length > 0) {
      findings.add(
          Finding.fail(
                  name(),
                  "every write of a client is acknowledged",
                  failed.length + " of " + writes.length + " were not",
                  "what does the app still need that was hit? see its log")
              .withExamples(
                  Arrays.stream(failed)
                      .limit(Finding.MAX_EXAMPLES)
                      .mapToObj(ledger::entry)
                      .map(
                          entry ->
                              when(entry.invoked().nanos(), disaster)
                                  + ": "
                                  + entry.key()
                                  + ", "
                                  + entry.error())
                      .toList()));
    }
  }

  private static String when(long nanos, Tick disaster) {
    long millis = Duration.ofNanos(nanos - disaster.nanos()).toMillis();
    return Math.abs(millis)
        + " ms "
        + (nanos < disaster.nanos() ? "before" : "after")
        + " the disaster";
  }

  /** How long acknowledged writes took. */
  private static String latency(LedgerView ledger, int[] writes, IntPredicate which) {
    long[] nanos =
        Arrays.stream(writes)
            .filter(which)
            .filter(id -> ledger.outcome(id) == Outcome.ACKNOWLEDGED)
            .mapToLong(id -> ledger.answeredNanos(id) - ledger.invokedNanos(id))
            .sorted()
            .toArray();
    return percentile(nanos, 50)
        .flatMap(half -> percentile(nanos, 99).map(most -> "p50 " + half + ", p99 " + most))
        .orElse("nothing");
  }

  /** The smallest value that so many of a hundred do not exceed. */
  private static Optional<String> percentile(long[] sortedNanos, int percent) {
    if (sortedNanos.length == 0) {
      return Optional.empty();
    }
    int rank = (int) Math.ceil(sortedNanos.length * percent / 100.0);
    return Optional.of(String.format(Locale.ROOT, "%.1f ms", sortedNanos[rank - 1] / 1e6));
  }
}
