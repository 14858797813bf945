package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A complete set of PostgreSQL programs, server and clients of one major version, so that a team's
 * script never meets a server its {@code pg_dump} refuses to dump.
 *
 * <p>Two defaults of Debian's programs do not hold for a private server: its socket directory
 * ({@code /var/run/postgresql}) may not exist or not be writable, so set {@code
 * unix_socket_directories}; and clients need an explicit host and port.
 *
 * @param binDir where the programs are
 * @param libraryDirs shared libraries the programs need that the machine does not have; empty for
 *     an installed PostgreSQL
 * @param major the major version, 10 or later
 * @param version the whole version of the server, such as {@code 15.12} or {@code 18beta1}
 * @param origin how it came here, in a few words
 * @param caveats what a user of it should know, in whole sentences; mostly empty
 */
public record PostgresInstallation(
    Path binDir,
    List<Path> libraryDirs,
    int major,
    String version,
    String origin,
    List<String> caveats)
    implements StorePrograms.OfPostgres {

  public PostgresInstallation {
    libraryDirs = List.copyOf(libraryDirs);
    caveats = List.copyOf(caveats);
  }

  /**
   * The absolute path of one of its programs, such as {@code pg_restore}.
   *
   * @throws DrillException if this installation does not have it
   */
  public Path program(String name) {
    Path file = binDir.resolve(name);
    if (!Files.isExecutable(file)) {
      throw new DrillException(
          describe() + " has no program " + name,
          "install the package that holds " + name + " for PostgreSQL " + major);
    }
    return file;
  }

  @Override
  public String command(String program) {
    return program(program).toString();
  }

  /** For the console and the report: {@code PostgreSQL 15.12 from /usr/lib/postgresql/15/bin}. */
  @Override
  public String describe() {
    return "PostgreSQL " + version + " from " + binDir;
  }

  /**
   * Prepares the environment of a child process, be it one of the programs or a script that calls
   * them: their directory comes first on the PATH, and the dynamic linker finds their libraries.
   *
   * @param environment as from {@link ProcessBuilder#environment()}; changed in place
   */
  @Override
  public void applyTo(Map<String, String> environment) {
    prepend(environment, "PATH", binDir.toString());
    if (!libraryDirs.isEmpty()) {
      prepend(environment, "LD_LIBRARY_PATH", joined(libraryDirs));
    }
  }

  private static void prepend(Map<String, String> environment, String variable, String first) {
    environment.merge(
        variable, first, (old, added) -> old.isEmpty() ? added : added + File.pathSeparator + old);
  }

  static String joined(List<Path> directories) {
    return directories.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
