package dev.drillbook.report;

import dev.drillbook.run.DrillRecord;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.ProbeResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * How long probes that succeeded took from the moment that the schedule wanted them, so that one
 * which had to wait for its turn counts what it waited. Percentiles are values that were measured
 * (nearest rank).
 */
final class ProbeLatency {
  private ProbeLatency() {}

  /** A line on latency before the fault and after the recovery; empty where nothing is known. */
  static Optional<String> line(DrillRecord record) {
    Optional<Tick> fault = record.clocks().fault();
    Optional<Tick> stable = record.clocks().stableOk();
    List<String> parts =
        List.of(
                part("before the fault", record, p -> fault.map(p.due()::isBefore).orElse(true)),
                part(
                    "after the recovery",
                    record,
                    p -> stable.isPresent() && !p.due().isBefore(stable.get())))
            .stream()
            .flatMap(Optional::stream)
            .toList();
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of("probe latency p50 / p95 / p99: " + String.join("; ", parts));
  }

  private static Optional<String> part(
      String when, DrillRecord record, Predicate<ProbeResult> during) {
    long[] nanos =
        record.probes().stream()
            .filter(probe -> probe.ok() && during.test(probe))
            .mapToLong(probe -> probe.answered().since(probe.due()).toNanos())
            .sorted()
            .toArray();
    if (nanos.length == 0) {
      return Optional.empty();
    }
    return Optional.of(
        when
            + " "
            + DoubleStream.of(0.5, 0.95, 0.99)
                .mapToObj(share -> DurationText.of(Duration.ofNanos(percentile(nanos, share))))
                .collect(Collectors.joining(" / "))
            + " of "
            + nanos.length);
  }

  /** Of values in ascending order, at least one. */
  static long percentile(long[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }
}
