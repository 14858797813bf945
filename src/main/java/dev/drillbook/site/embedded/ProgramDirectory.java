package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What one directory holds of the PostgreSQL programs a drill needs, found by asking each for its
 * version.
 *
 * @param directory the directory
 * @param libraryDirs what its programs need on the library path
 * @param versions by program; the programs that ran
 * @param faults by program; why it cannot be used
 */
record ProgramDirectory(
    Path directory,
    List<Path> libraryDirs,
    Map<String, Version> versions,
    Map<String, String> faults) {

  /** The server, what makes a cluster for it, and the two clients that runbooks are written in. */
  static final List<String> NEEDED = List.of("initdb", "postgres", "psql", "pg_dump");

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /**
   * The version of a program.
   *
   * @param major its first number, which alone is the major version since PostgreSQL 10
   * @param text all of it
   */
  record Version(int major, String text) {
    private static final int OLDEST_MAJOR = 10;
    private static final Pattern ANSWER = Pattern.compile("\\(PostgreSQL\\) ((\\d{1,4})\\S*)");

    static Optional<Version> in(String answer) {
      Matcher matcher = ANSWER.matcher(answer);
      return matcher.find()
          ? Optional.of(new Version(Integer.parseInt(matcher.group(2)), matcher.group(1)))
          : Optional.empty();
    }
  }

  /** Runs every needed program in {@code directory} with {@code --version}. Never throws. */
  static ProgramDirectory inspect(Path directory, List<Path> libraryDirs) {
    Map<String, Version> versions = new LinkedHashMap<>();
    Map<String, String> faults = new LinkedHashMap<>();
    for (String program : NEEDED) {
      Path file = directory.resolve(program);
      if (!Files.isExecutable(file) || Files.isDirectory(file)) {
        continue;
      }
      if (isDebianWrapper(file)) {
        // It picks a version by the clusters that are registered on the machine, not by the server
        // it is pointed at; the programs it chooses among are looked for where they really are.
        faults.put(program, "is only Debian's pg_wrapper");
        continue;
      }
      try {
        String answer = versionCommand(file, libraryDirs).output();
        Version.in(answer)
            .filter(version -> version.major() >= Version.OLDEST_MAJOR)
            .ifPresentOrElse(
                version -> versions.put(program, version),
                () -> faults.put(program, "is not a PostgreSQL 10 or later: " + answer.strip()));
      } catch (DrillException e) {
        faults.put(program, "does not run: " + e.problem());
      }
    }
    return new ProgramDirectory(directory, libraryDirs, versions, faults);
  }

  boolean isEmpty() {
    return versions.isEmpty() && faults.isEmpty();
  }

  /** Whether all that a drill needs is here, of one major version. */
  boolean isComplete() {
    return versions.keySet().containsAll(NEEDED)
        && versions.values().stream().mapToInt(Version::major).distinct().count() == 1;
  }

  /** The newest major version among the programs here. */
  OptionalInt newestMajor() {
    return versions.values().stream().mapToInt(Version::major).max();
  }

  /** The installation that this directory is; only where it is complete. */
  PostgresInstallation asInstallation(String origin, List<String> caveats) {
    Version server = versions.get("postgres");
    return new PostgresInstallation(
        directory, libraryDirs, server.major(), server.text(), origin, caveats);
  }

  /** What was found and what was not, for people. */
  String describe() {
    List<String> parts = new ArrayList<>();
    versions.forEach((program, version) -> parts.add(program + " " + version.text()));
    faults.forEach((program, fault) -> parts.add(program + " " + fault));
    String missing =
        NEEDED.stream()
            .filter(program -> !versions.containsKey(program) && !faults.containsKey(program))
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      parts.add("no " + missing);
    }
    if (versions.keySet().containsAll(NEEDED) && !isComplete()) {
      parts.add("not of one major version");
    }
    return directory + ": " + String.join("; ", parts);
  }

  static boolean isDebianWrapper(Path file) {
    try {
      return file.toRealPath().endsWith("pg_wrapper");
    } catch (IOException e) {
      return false;
    }
  }

  static ToolCommand versionCommand(Path file, List<Path> libraryDirs) {
    Map<String, String> environment =
        libraryDirs.isEmpty()
            ? Map.of()
            : Map.of("LD_LIBRARY_PATH", PostgresInstallation.joined(libraryDirs));
    return new ToolCommand(
        List.of(file.toString(), "--version"), environment, Path.of("/"), TIMEOUT);
  }
}
