package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What scripts get that call a tool by its name.
 *
 * @param file the machine's; empty for ours
 * @param said its version, or why it is ours, in a few words
 */
public record FoundTool(ScriptTool tool, Optional<Path> file, String said) {
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);
  private static final Pattern AWS = Pattern.compile("aws-cli/(\\d+)\\.(\\d+)");

  /**
   * The first of that name on the search path, if it runs: what is called there may be a shim for a
   * program that is not installed.
   */
  static FoundTool look(ScriptTool tool, SearchPath path) {
    Optional<Path> file = path.find(tool.command());
    if (file.isEmpty()) {
      return new FoundTool(tool, file, "this machine has none");
    }
    try {
      ToolCommand.Result answer =
          new ToolCommand(
                  List.of(file.get().toString(), "--version"),
                  Map.of(),
                  Path.of("/"),
                  ANSWERS_WITHIN)
              .run();
      if (answer.exitCode() != 0) {
        return unfit(tool, file.get() + " --version ends with exit code " + answer.exitCode());
      }
      String version = answer.output().lines().findFirst().orElse("").strip();
      return tool == ScriptTool.AWS && !heedsEndpoint(version)
          ? unfit(tool, file.get() + " is " + version + ", which passes over AWS_ENDPOINT_URL")
          : new FoundTool(tool, file, version);
    } catch (DrillException e) {
      return unfit(tool, e.problem());
    }
  }

  private static FoundTool unfit(ScriptTool tool, String why) {
    return new FoundTool(tool, Optional.empty(), why);
  }

  /** Since 1.29 and 2.13; older ones would take a script to the real S3. */
  private static boolean heedsEndpoint(String version) {
    Matcher numbers = AWS.matcher(version);
    if (!numbers.find()) {
      return false;
    }
    int major = Integer.parseInt(numbers.group(1));
    int minor = Integer.parseInt(numbers.group(2));
    return major > 2 || (major == 2 && minor >= 13) || (major == 1 && minor >= 29);
  }

  public boolean isOurs() {
    return file.isEmpty();
  }

  /** For the console and the report. */
  String describe() {
    return file.map(path -> tool.command() + ": " + said + " from " + path.getParent())
        .orElseGet(() -> tool.command() + ": Drillbook's own (" + said + ")");
  }
}
