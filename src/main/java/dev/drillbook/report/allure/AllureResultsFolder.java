package dev.drillbook.report.allure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.drillbook.report.FailureKind;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.run.Machine;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;

/** What Allure expects in its results folder besides the results: once for a whole run. */
public final class AllureResultsFolder {

  private record Category(String name, List<String> matchedStatuses, String messageRegex) {}

  private AllureResultsFolder() {}

  /**
   * Writes {@code environment.properties} (what the drills ran on) and {@code categories.json} (one
   * per {@link FailureKind}, by the words of the failure message).
   *
   * @throws DrillException if the folder cannot be written
   */
  public static void describe(Path results, List<DrillRecord> records) {
    try {
      Files.createDirectories(results);
      Files.writeString(
          results.resolve("environment.properties"),
          environment(records),
          StandardCharsets.US_ASCII);
      Files.writeString(results.resolve("categories.json"), categories());
    } catch (IOException e) {
      throw new DrillException(
          "Allure's environment and categories could not be written to " + results + ": " + e,
          "make the folder writable, or set allure.results.directory to another one",
          e);
    }
  }

  private static String environment(List<DrillRecord> records) throws IOException {
    Properties properties = new Properties();
    for (DrillRecord record : records) {
      Machine machine = record.machine();
      properties.setProperty("site", record.site());
      properties.setProperty("scale", String.valueOf(record.scale()));
      properties.setProperty("machine.os", machine.os() + " " + machine.architecture());
      properties.setProperty("machine.processors", String.valueOf(machine.processors()));
      properties.setProperty("machine.java", machine.java());
      properties.setProperty("machine.heap", (machine.maxHeapBytes() / 1_000_000) + " MB at most");
      if (!record.components().isEmpty()) {
        properties.setProperty(
            "components." + record.plan().system(), String.join("; ", record.components()));
      }
    }
    StringWriter stored = new StringWriter();
    properties.store(stored, null);
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

  private static String categories() throws JsonProcessingException {
    List<Category> categories = new ArrayList<>();
    Arrays.stream(FailureKind.values())
        .map(
            kind ->
                new Category(
                    kind.title(),
                    List.of("failed", "broken"),
                    "(?s).*DR drill [^\n]*\\[[^\\]\n]*" + kind.title() + ".*"))
        .forEach(categories::add);
    return new ObjectMapper()
        .writer(SerializationFeature.INDENT_OUTPUT)
        .writeValueAsString(categories);
  }
}
