package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Decides which PostgreSQL programs a drill uses: the newest complete installation on this machine;
 * else, on Debian and its derivatives, the distribution's packages, unpacked into a cache without
 * root and without installing anything; else none, and an error that says what was found.
 */
public final class PostgresInstallations {
  private static final List<String> WELL_KNOWN =
      List.of(
          "/usr/lib/postgresql/*/bin",
          "/usr/pgsql-*/bin",
          "/opt/homebrew/opt/postgresql@*/bin",
          "/usr/local/opt/postgresql@*/bin");

  private static final String HINT =
      "install PostgreSQL: Debian or Ubuntu: apt-get install postgresql postgresql-client;"
          + " Fedora or RHEL: dnf install postgresql-server; macOS: brew install postgresql@17;"
          + " or put the bin directory of a complete installation on the PATH";

  private final InstalledPostgres installed;
  private final DebianPackages packages;
  private final Path cache;

  /**
   * @param path where programs are looked for, as in the environment variable PATH
   * @param wellKnown further places to look at: absolute directories, in which {@code *} stands for
   *     anything within one name
   * @param cache where packages are unpacked; created when it is needed
   */
  public PostgresInstallations(String path, List<String> wellKnown, Path cache) {
    SearchPath searchPath = new SearchPath(path);
    this.installed = new InstalledPostgres(searchPath, wellKnown);
    this.packages = new DebianPackages(searchPath);
    this.cache = cache;
  }

  /**
   * For this machine: the PATH, the places where distributions put PostgreSQL, and the user's cache
   * directory ({@code XDG_CACHE_HOME}, else {@code ~/.cache}).
   *
   * @param environment as from {@link System#getenv()}
   */
  public static PostgresInstallations ofThisMachine(Map<String, String> environment) {
    return new PostgresInstallations(
        environment.getOrDefault("PATH", ""), WELL_KNOWN, cacheOf(environment));
  }

  /** The user's cache directory: {@code XDG_CACHE_HOME}, else {@code ~/.cache}. */
  static Path cacheOf(Map<String, String> environment) {
    String configured = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path caches =
        Path.of(configured).isAbsolute()
            ? Path.of(configured)
            : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".cache");
    return caches.resolve("drillbook");
  }

  /**
   * Finds the programs. This runs each that it comes across with {@code --version}, and may
   * download packages once, which takes from seconds to minutes; ask once and keep the answer.
   *
   * @throws DrillException if there are none: with every place that was looked at and what it
   *     lacks, what the package tools said, and what to install
   */
  public PostgresInstallation locate() {
    InstalledPostgres.Survey survey = installed.survey();
    return survey.newest().orElseGet(() -> unpacked(survey));
  }

  private PostgresInstallation unpacked(InstalledPostgres.Survey survey) {
    if (!packages.available()) {
      throw notFound(
          survey, List.of("no apt-get, apt-cache and dpkg on the PATH to unpack it with"), null);
    }
    try {
      return new UnpackedPostgres(cache, packages).obtain(survey.clientMajors());
    } catch (DrillException e) {
      List<String> failures = new ArrayList<>();
      for (Throwable earlier : e.getSuppressed()) {
        if (earlier instanceof DrillException withOwnLists) {
          failures.add("with the machine's package lists: " + withOwnLists.problem());
        }
      }
      String attempt = failures.isEmpty() ? "" : "with fresh package lists: ";
      failures.add(attempt + e.problem());
      throw notFound(survey, failures, e);
    }
  }

  private static DrillException notFound(
      InstalledPostgres.Survey survey, List<String> failures, DrillException cause) {
    StringBuilder problem =
        new StringBuilder("no complete PostgreSQL on this machine: one directory must hold ")
            .append(String.join(", ", ProgramDirectory.NEEDED))
            .append(" of one major version");
    survey.lookedAt().forEach(line -> problem.append("\n  - ").append(line));
    problem.append("\nunpacking the distribution's packages was not possible either");
    failures.forEach(line -> problem.append("\n  - ").append(line));
    return new DrillException(problem.toString(), HINT, cause);
  }
}
