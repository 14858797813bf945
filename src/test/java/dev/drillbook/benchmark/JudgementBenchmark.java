package dev.drillbook.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.drillbook.timeline.Tick;
import dev.drillbook.verification.LedgerJudge;
import dev.drillbook.verification.LedgerJudgement;
import dev.drillbook.verification.RowHashes;
import dev.drillbook.workload.LedgerView;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * How fast a ledger is judged, in processor time of the one thread that does it, and what it takes.
 *
 * <p>Memory is measured twice. What the ledger keeps is the heap after a collection with it, less
 * the heap after a collection without it. What the judge keeps on top is what is alive while it
 * works, and cannot be read off the heap from outside; so it runs on its own thread, and a second
 * one takes, over and over, a full collection and the heap that is left: the largest is the peak.
 * That run is not timed.
 */
class JudgementBenchmark {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int RUNS = 5;
  private static final int MILLION = 1_000_000;

  private final BenchmarkReport report = new BenchmarkReport("judgement");

  @Test
  void judgingOneAndTenMillionWrites() throws Exception {
    measure(MILLION);
    compare();
    measure(10 * MILLION);
    System.out.println("written to " + report.write());
  }

  private void measure(int writes) {
    long without = heapInUse();
    SyntheticRun run = SyntheticRun.of(writes);
    long ledgerBytes = heapInUse() - without;
    try (RowHashes rows = new RowHashes()) {
      run.contents(rows::add);
      double[] seconds = new double[RUNS];
      for (int i = -2; i < RUNS; i++) {
        long started = THREADS.getCurrentThreadCpuTime();
        LedgerJudgement judged = judge(run.ledger(), rows);
        if (i >= 0) { // The first two warm this JVM up.
          seconds[i] = (THREADS.getCurrentThreadCpuTime() - started) / 1e9;
        }
        assertThat(judged.findings()).isEmpty();
        assertThat(judged.lost()).isEqualTo(run.lost());
      }
      long judgeBytes = allocatedBy(() -> judge(run.ledger(), rows));
      String what = writes / MILLION + " million writes: ";
      show(what + "judged", writes / median(seconds) / 1e6, "million writes/s");
      show(what + "slowest of " + RUNS, writes / max(seconds) / 1e6, "million writes/s");
      show(what + "ledger", (double) ledgerBytes / writes, "bytes/write");
      show(what + "judge", (double) judgeBytes / writes, "bytes/write");
      show(what + "ledger and judge", (double) (ledgerBytes + judgeBytes) / writes, "bytes/write");
      show(what + "rows", (double) rows.rows(), "rows");
      show(what + "scratch file of the rows", rows.spilledBytes() / 1e6, "MB");
    }
  }

  /** What it is compared with: the simplest judgement, with a hash map of lists. */
  private void compare() {
    long without = heapInUse();
    SyntheticRun run = SyntheticRun.of(MILLION);
    List<long[]> rows = new ArrayList<>();
    run.contents((key, value) -> rows.add(new long[] {key, value}));
    double[] seconds = new double[RUNS];
    int wrong = 0;
    for (int i = -2; i < RUNS; i++) {
      long started = THREADS.getCurrentThreadCpuTime();
      MapJudge judged = MapJudge.judge(run.ledger(), rows);
      if (i >= 0) {
        seconds[i] = (THREADS.getCurrentThreadCpuTime() - started) / 1e9;
      }
      wrong = Math.abs(judged.lost() - run.lost());
    }
    long bytes = heapInUse() - without + allocatedBy(() -> MapJudge.judge(run.ledger(), rows));
    show("1 million writes, hash map: judged", MILLION / median(seconds) / 1e6, "million writes/s");
    show("1 million writes, hash map: lost writes miscounted", wrong, "writes");
    show("1 million writes, hash map: in all", (double) bytes / MILLION, "bytes/write");
  }

  private static LedgerJudgement judge(LedgerView ledger, RowHashes rows) {
    return LedgerJudge.judge(ledger, rows, sink -> {}, Optional.empty(), new Tick(Long.MAX_VALUE));
  }

  private void show(String metric, double value, String unit) {
    System.out.printf(Locale.ROOT, "%s %.2f %s%n", metric, value, unit);
    report.add(metric, value, unit);
  }

  /** All that this thread allocates for some work: no less than what it holds at any time. */
  private static long allocatedBy(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private static long heapInUse() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static double median(double[] values) {
    return Arrays.stream(values).sorted().toArray()[values.length / 2];
  }

  private static double max(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }
}
