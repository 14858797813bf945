package dev.drillbook.junit;

import dev.drillbook.run.RecoveryChange;
import dev.drillbook.sabotage.Sabotages;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Nearest;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of the command line, all of them system properties that begin with {@code drill.}.
 *
 * @param site {@code drill.site}: where drills run; {@code embedded}, which is processes of this
 *     machine, or {@code containers}
 * @param localImages {@code drill.images=local}: containers are of the images that {@code
 *     drills/images/build} makes, whatever the plan says
 * @param only {@code drill.only}: systems and system/scenarios, divided by commas; other drills are
 *     skipped
 * @param scale {@code drill.scale}: multiplies the rows of the seed data; at least 1, since the
 *     plan's minimum of rows is that of scale 1
 * @param seed {@code drill.seed}: what chance depends on; every record names its own, and with it a
 *     drill hits the same again
 * @param toxiproxy {@code drill.toxiproxy}: HOST:PORT of a Toxiproxy server's API, which the
 *     network's faults are made with; our own proxy without it
 * @param history {@code drill.history}: the file that one line a drill is appended to
 * @param complete {@code drill.complete}: the run fails unless each drill that {@code drill.only}
 *     selects, of every plan, has run to its last step; Maven's {@code -Dit.test} and {@code
 *     -Dtest}, which select classes, take that back
 * @param sabotages {@code drill.sabotage}: {@code all}, or the name of one: every drill is run
 *     under each that makes a difference to it, and fails unless it turns red; {@code none} without
 *     it
 * @param backups {@code drill.backups}: where the nightly restore check finds backups, a folder or
 *     {@code s3://bucket/prefix}; it makes some of its own without it
 * @param pick {@code drill.pick}: which of them it restores: {@code newest}, {@code oldest}, {@code
 *     random} (by the seed), {@code all}, or one by its name
 * @param keep {@code drill.keep}: leave the site up after a drill that did not pass
 */
public record DrillSettings(
    String site,
    boolean localImages,
    Optional<String> only,
    double scale,
    long seed,
    Optional<InetSocketAddress> toxiproxy,
    Path history,
    boolean complete,
    List<RecoveryChange> sabotages,
    Optional<String> backups,
    String pick,
    boolean keep) {
  private static final String PREFIX = "drill.";
  private static final List<String> SITES = List.of("embedded", "containers");
  private static final Pattern HOST_AND_PORT = Pattern.compile("([A-Za-z0-9.-]+):(\\d{1,5})");

  /** Seeds that we choose are short enough to be typed. */
  private static final long SEEDS = 1_000_000_000;

  /** Every setting by name. */
  static final List<String> NAMES =
      List.of(
          "drill.site",
          "drill.images",
          "drill.only",
          "drill.scale",
          "drill.seed",
          "drill.toxiproxy",
          "drill.history",
          "drill.complete",
          "drill.sabotage",
          "drill.backups",
          "drill.pick",
          "drill.keep");

  /**
   * Reads the settings.
   *
   * @throws DrillException that names every unknown setting and every bad value at once
   */
  public static DrillSettings from(Properties properties) {
    List<String> problems = new ArrayList<>();
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(PREFIX) && !NAMES.contains(name)) {
        problems.add(
            "there is no setting -D" + name + "; " + Nearest.hint(name, "the settings are", NAMES));
      }
    }
    String site = properties.getProperty("drill.site", "embedded");
    if (!SITES.contains(site)) {
      problems.add(
          "-Ddrill.site=" + site + " is no site; " + Nearest.hint(site, "the sites are", SITES));
    }
    DrillSettings settings =
        new DrillSettings(
            site,
            localImages(properties, problems),
            Optional.ofNullable(properties.getProperty("drill.only"))
                .filter(only -> !only.isBlank()),
            scale(properties.getProperty("drill.scale", "1"), problems),
            seed(properties, problems),
            toxiproxy(properties, problems),
            history(properties.getProperty("drill.history", "reports/history.jsonl"), problems),
            flag("drill.complete", properties, problems) && !selectsClasses(properties),
            sabotages(properties.getProperty("drill.sabotage", "none"), problems),
            Optional.ofNullable(properties.getProperty("drill.backups"))
                .filter(backups -> !backups.isBlank()),
            properties.getProperty("drill.pick", "newest"),
            flag("drill.keep", properties, problems));
    if (!problems.isEmpty()) {
      throw new DrillException(
          "the settings are wrong:\n  - " + String.join("\n  - ", problems),
          "the settings are " + String.join(", ", NAMES));
    }
    return settings;
  }

  private static boolean localImages(Properties properties, List<String> problems) {
    String value = properties.getProperty("drill.images");
    if (value != null && !value.equals("local")) {
      problems.add(
          "-Ddrill.images=" + value + " is not local; other images are named in the plan's images");
    }
    return value != null;
  }

  private static List<RecoveryChange> sabotages(String value, List<String> problems) {
    if (value.equals("none")) {
      return List.of();
    }
    if (value.equals("all")) {
      return Sabotages.all();
    }
    try {
      return Arrays.stream(value.split(",", -1)).map(Sabotages::named).toList();
    } catch (DrillException e) {
      problems.add("-Ddrill.sabotage=" + value + ": " + e.problem() + "; " + e.hint());
      return List.of();
    }
  }

  private static Path history(String value, List<String> problems) {
    try {
      if (!value.isBlank()) {
        return Path.of(value);
      }
    } catch (InvalidPathException e) {
      // Said below, as for a name that is empty.
    }
    problems.add("-Ddrill.history=" + value + " is no file name");
    return Path.of("reports", "history.jsonl");
  }

  private static double scale(String value, List<String> problems) {
    try {
      double scale = Double.parseDouble(value);
      if (scale >= 1 && scale < 1e6) {
        return scale;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    problems.add("-Ddrill.scale=" + value + " is not a number from 1 to 1000000");
    return 1;
  }

  private static long seed(Properties properties, List<String> problems) {
    String value = properties.getProperty("drill.seed");
    if (value == null) {
      return ThreadLocalRandom.current().nextLong(1, SEEDS);
    }
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      problems.add("-Ddrill.seed=" + value + " is not a whole number");
      return 0;
    }
  }

  private static Optional<InetSocketAddress> toxiproxy(
      Properties properties, List<String> problems) {
    String value = properties.getProperty("drill.toxiproxy");
    if (value == null) {
      return Optional.empty();
    }
    Matcher address = HOST_AND_PORT.matcher(value);
    if (!address.matches() || Integer.parseInt(address.group(2)) > 65_535) {
      problems.add("-Ddrill.toxiproxy=" + value + " is not HOST:PORT, e.g. 127.0.0.1:8474");
      return Optional.empty();
    }
    return Optional.of(
        InetSocketAddress.createUnresolved(address.group(1), Integer.parseInt(address.group(2))));
  }

  /** An empty value is what a bare {@code -Ddrill.keep} gives. */
  private static boolean flag(String name, Properties properties, List<String> problems) {
    String value = properties.getProperty(name, "false");
    if (!value.isEmpty() && !value.equals("true") && !value.equals("false")) {
      problems.add("-D" + name + "=" + value + " is neither true nor false");
    }
    return !value.equals("false");
  }

  private static boolean selectsClasses(Properties properties) {
    return properties.getProperty("it.test") != null || properties.getProperty("test") != null;
  }

  /** Whether {@code drill.only} lets a drill run. */
  boolean selects(String system, String scenario) {
    List<String> wanted = selections();
    return wanted.isEmpty() || wanted.contains(system) || wanted.contains(system + "/" + scenario);
  }

  /** What {@code drill.only} names, one by one; empty where it is not set. */
  List<String> selections() {
    return only.map(all -> Arrays.stream(all.split(",", -1)).map(String::strip).toList())
        .orElse(List.of());
  }
}
