package dev.drillbook.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A copy of DhakaCart's plan, with one of its scenarios, and of its scripts below {@code
 * target/plans}, to change something in.
 */
record PlanCopy(Path folder) {
  private static final Path ORIGINAL = Path.of("drills", "dhakacart");
  private static final Pattern NEXT_SCENARIO =
      Pattern.compile("^  (#|[a-z-]+:$)", Pattern.MULTILINE);
  private static final Path PARENT = Path.of("target", "plans");

  /** A fresh copy under {@code name}; fixtures name it as {@code target/plans/NAME/plan.yaml}. */
  static PlanCopy named(String name) throws IOException {
    Path folder = PARENT.resolve(name);
    Files.createDirectories(folder.resolve("scripts"));
    try (Stream<Path> files = Files.walk(ORIGINAL)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(
            file,
            folder.resolve(ORIGINAL.relativize(file)),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    keepOneScenario(folder.resolve("plan.yaml"));
    return new PlanCopy(folder);
  }

  /** The only one that fixtures drill, and the components that it takes. */
  private static void keepOneScenario(Path plan) throws IOException {
    String text = Files.readString(plan);
    int scenarios = text.indexOf("\nscenarios:\n") + "\nscenarios:\n".length();
    int kept = text.indexOf("  complete-database-loss:\n", scenarios);
    Matcher next = NEXT_SCENARIO.matcher(text);
    int end = next.find(kept + 1) ? next.start() : text.length();
    int others = text.indexOf("\n  # What customers call.\n");
    int objectives = text.indexOf("\n# The runbook's table", others);
    Files.writeString(
        plan,
        text.substring(0, others)
            + text.substring(objectives, scenarios)
            + text.substring(kept, end));
  }

  /** Replaces a text that must stand in {@code file} exactly once. */
  PlanCopy replace(String file, String text, String replacement) throws IOException {
    Path path = folder.resolve(file);
    String content = Files.readString(path);
    if (content.indexOf(text) < 0 || content.indexOf(text) != content.lastIndexOf(text)) {
      throw new IllegalStateException(path + " does not hold this exactly once: " + text);
    }
    Files.writeString(path, content.replace(text, replacement));
    return this;
  }

  PlanCopy append(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.writeString(path, Files.readString(path) + text);
    return this;
  }
}
