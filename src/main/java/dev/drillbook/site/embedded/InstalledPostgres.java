package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for PostgreSQL where it may be installed: on the search path, where the links there lead,
 * and where distributions put it.
 */
final class InstalledPostgres {
  private final SearchPath path;
  private final List<String> wellKnown;

  /**
   * @param path the search path
   * @param wellKnown absolute directories, in which a part of the path may hold a {@code *}
   */
  InstalledPostgres(SearchPath path, List<String> wellKnown) {
    this.path = path;
    this.wellKnown = List.copyOf(wellKnown);
  }

  /**
   * What was found.
   *
   * @param newest the complete installation of the newest major version; of several, the one that
   *     the search path names first
   * @param clientMajors major versions of the clients on the search path, in its order
   * @param lookedAt one line for each place, with what it lacks
   */
  record Survey(
      Optional<PostgresInstallation> newest, Set<Integer> clientMajors, List<String> lookedAt) {}

  Survey survey() {
    List<ProgramDirectory> found =
        candidates().stream().map(dir -> ProgramDirectory.inspect(dir, List.of())).toList();
    return new Survey(newest(found), clientMajors(), lookedAt(found));
  }

  private static Optional<PostgresInstallation> newest(List<ProgramDirectory> found) {
    return found.stream()
        .filter(ProgramDirectory::isComplete)
        .map(complete -> complete.asInstallation("installed on this machine", List.of()))
        .reduce((first, second) -> second.major() > first.major() ? second : first);
  }

  /** Every existing directory to look at, once, under the name by which it was first reached. */
  private List<Path> candidates() {
    Map<Path, Path> byRealPath = new LinkedHashMap<>();
    for (Path directory : path.directories()) {
      remember(directory, byRealPath);
      // Where all but the server's programs are links or wrappers, the rest sits next to the
      // server.
      real(directory.resolve("postgres")).ifPresent(file -> remember(file.getParent(), byRealPath));
    }
    wellKnown.forEach(
        pattern -> expand(pattern).forEach(directory -> remember(directory, byRealPath)));
    return List.copyOf(byRealPath.values());
  }

  private static void remember(Path directory, Map<Path, Path> byRealPath) {
    if (Files.isDirectory(directory)) {
      real(directory).ifPresent(key -> byRealPath.putIfAbsent(key, directory));
    }
  }

  private static Optional<Path> real(Path file) {
    try {
      return Optional.of(file.toRealPath());
    } catch (IOException e) {
      // Not there, or not for this user to see.
      return Optional.empty();
    }
  }

  private static List<Path> expand(String pattern) {
    List<Path> matches = List.of(Path.of("/"));
    for (Path part : Path.of(pattern)) {
      List<Path> next = new ArrayList<>();
      for (Path parent : matches) {
        next.addAll(children(parent, part.toString()));
      }
      matches = next;
    }
    return matches;
  }

  private static List<Path> children(Path parent, String part) {
    if (!part.contains("*")) {
      return List.of(parent.resolve(part));
    }
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent, part)) {
      stream.forEach(children::add);
    } catch (IOException e) {
      return List.of();
    }
    children.sort(null);
    return children;
  }

  private Set<Integer> clientMajors() {
    Set<Integer> majors = new LinkedHashSet<>();
    for (String client : List.of("pg_dump", "psql")) {
      path.find(client).flatMap(InstalledPostgres::major).ifPresent(majors::add);
    }
    return majors;
  }

  /** Asks wrappers too: what they choose is what the team's scripts have run with so far. */
  private static Optional<Integer> major(Path client) {
    try {
      String answer = ProgramDirectory.versionCommand(client, List.of()).output();
      return ProgramDirectory.Version.in(answer).map(ProgramDirectory.Version::major);
    } catch (DrillException e) {
      // A wrapper with nothing behind it; the survey of the directories says what is missing.
      return Optional.empty();
    }
  }

  private List<String> lookedAt(List<ProgramDirectory> found) {
    List<String> lines = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (ProgramDirectory directory : found) {
      if (directory.isEmpty()) {
        without.add(directory.directory().toString());
      } else {
        lines.add(directory.describe());
      }
    }
    wellKnown.stream()
        .filter(pattern -> expand(pattern).stream().noneMatch(Files::isDirectory))
        .forEach(pattern -> without.add(pattern + " (no such directory)"));
    if (!without.isEmpty()) {
      lines.add("none of the programs in " + String.join(", ", without));
    }
    return lines;
  }
}
