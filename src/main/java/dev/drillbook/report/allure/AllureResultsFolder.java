package dev.drillbook.report.allure;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.drillbook.report.FailureKind;
import dev.drillbook.restorecheck.RestoreCheckRecord;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.run.Machine;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Allure expects in its results folder besides the results: once for a whole run. */
public final class AllureResultsFolder {

  /** What Allure calls the folder of its trends, in a report and in results alike. */
  private static final String HISTORY = "history";

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Category(
      String name, List<String> matchedStatuses, String messageRegex, String traceRegex) {}

  private static final ObjectWriter JSON =
      new ObjectMapper().writer(SerializationFeature.INDENT_OUTPUT);

  private AllureResultsFolder() {}

  /**
   * Writes {@code environment.properties} (what the drills ran on), {@code categories.json} (one
   * per {@link FailureKind}, by the words of the failure message, and one for drills that could not
   * begin) and {@code executor.json}, and takes over what the last report knows of the runs before,
   * from which Allure draws its own trends.
   *
   * @param variables of the environment, for the executor
   * @param lastReport the folder of the report that the next one replaces; it need not be there
   * @throws DrillException if the folder cannot be written
   */
  public static void describe(
      Path results, List<DrillRecord> records, Map<String, String> variables, Path lastReport) {
    write(results, environment(records), categories(), variables, lastReport);
  }

  /**
   * The same for checks of stored backups.
   *
   * @throws DrillException if the folder cannot be written
   */
  public static void describeChecks(
      Path results,
      List<RestoreCheckRecord> records,
      Map<String, String> variables,
      Path lastReport) {
    Properties properties = new Properties();
    for (RestoreCheckRecord record : records) {
      machine(properties, record.site(), record.machine());
      if (!record.components().isEmpty()) {
        properties.setProperty(
            "restored." + record.system() + "." + record.policy(),
            String.join("; ", record.components()));
      }
    }
    write(results, text(properties), checkCategories(), variables, lastReport);
  }

  private static void write(
      Path results,
      String environment,
      List<Category> categories,
      Map<String, String> variables,
      Path lastReport) {
    try {
      Files.createDirectories(results);
      Files.writeString(
          results.resolve("environment.properties"), environment, StandardCharsets.US_ASCII);
      Files.writeString(results.resolve("categories.json"), JSON.writeValueAsString(categories));
      Files.writeString(
          results.resolve("executor.json"),
          JSON.writeValueAsString(Executor.of(variables, Instant.now())));
      takeOver(lastReport.resolve(HISTORY), results.resolve(HISTORY));
    } catch (IOException e) {
      throw new DrillException(
          "Allure's environment, categories and history could not be written to "
              + results
              + ": "
              + e,
          "make the folder writable, or set allure.results.directory to another one",
          e);
    }
  }

  private static void takeOver(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void machine(Properties properties, String site, Machine machine) {
    properties.setProperty("site", site);
    properties.setProperty("machine.os", machine.os() + " " + machine.architecture());
    properties.setProperty("machine.processors", String.valueOf(machine.processors()));
    properties.setProperty("machine.java", machine.java());
    properties.setProperty("machine.heap", (machine.maxHeapBytes() / 1_000_000) + " MB at most");
  }

  private static String environment(List<DrillRecord> records) {
    Properties properties = new Properties();
    for (DrillRecord record : records) {
      machine(properties, record.site(), record.machine());
      properties.setProperty("scale", String.valueOf(record.scale()));
      if (!record.components().isEmpty()) {
        properties.setProperty(
            "components." + record.plan().system(), String.join("; ", record.components()));
      }
    }
    return text(properties);
  }

  private static String text(Properties properties) {
    StringWriter stored = new StringWriter();
    try {
      properties.store(stored, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // The first line is the date of writing, which nobody needs and which makes every run differ.
    return stored
            .toString()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(AllureResultsFolder::ascii)
            .sorted()
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private static String ascii(String line) {
    return line.chars()
        .mapToObj(
            c -> c < 0x7f ? String.valueOf((char) c) : String.format(Locale.ROOT, "\\u%04X", c))
        .collect(Collectors.joining());
  }

  /** What a check found first is the first line of its paragraph of findings. */
  private static List<Category> checkCategories() {
    return List.of(
        new Category(
            "Backup cannot be restored as it should",
            List.of("failed"),
            "(?s).*restore check [^\n]*: FAIL.*",
            null),
        new Category(
            "Unknown: nothing proven",
            List.of("failed"),
            "(?s).*restore check [^\n]*: UNKNOWN.*",
            null));
  }

  private static List<Category> categories() {
    List<Category> categories = new ArrayList<>();
    Arrays.stream(FailureKind.values())
        .map(
            kind ->
                new Category(
                    kind.title(),
                    List.of("failed", "broken"),
                    "(?s).*DR drill [^\n]*\\[[^\\]\n]*" + kind.title() + ".*",
                    null))
        .forEach(categories::add);
    // What stopped a drill before it could measure anything.
    categories.add(
        new Category(
            "Environment problem",
            List.of("failed", "broken"),
            "(?s)(?!.*DR drill ).*",
            "(?s).*" + DrillException.class.getName().replace(".", "\\.") + ".*"));
    return categories;
  }
}
