package dev.drillbook.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a benchmark measured, for {@code reports/benchmarks} (which git ignores). */
final class BenchmarkReport {
  private static final Path FOLDER = Path.of("reports", "benchmarks");

  private final String name;
  private final List<Measured> measured = new ArrayList<>();

  BenchmarkReport(String name) {
    this.name = name;
  }

  /** One figure. */
  record Measured(String metric, double value, String unit) {}

  /** What it was measured on. */
  record Machine(String os, String architecture, int processors, long maxHeapBytes, String java) {}

  /** The whole report, field by field as it is written. */
  record Document(String name, String when, Machine machine, List<Measured> measured) {}

  BenchmarkReport add(String metric, double value, String unit) {
    measured.add(new Measured(metric, value, unit));
    return this;
  }

  /** Writes {@code reports/benchmarks/<name>.json} and returns where it is. */
  Path write() throws IOException {
    Runtime runtime = Runtime.getRuntime();
    Machine machine =
        new Machine(
            System.getProperty("os.name") + " " + System.getProperty("os.version"),
            System.getProperty("os.arch"),
            runtime.availableProcessors(),
            runtime.maxMemory(),
            System.getProperty("java.version"));
    Files.createDirectories(FOLDER);
    Path file = FOLDER.resolve(name + ".json");
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(file.toFile(), new Document(name, Instant.now().toString(), machine, measured));
    return file;
  }
}
