package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A cache of PostgreSQL programs that were unpacked from the distribution's packages. An entry
 * appears in one step, complete and tried out, or not at all.
 */
final class UnpackedPostgres {
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final String STAGING = ".unpacking-";
  private static final Path TIME_ZONE = Path.of("/usr/share/zoneinfo/Etc/UTC");

  private final Path cache;
  private final DebianPackages machine;

  UnpackedPostgres(Path cache, DebianPackages machine) {
    this.cache = cache;
    this.machine = machine;
  }

  /**
   * Server and clients of the first of the wanted major versions that the distribution has, else of
   * its own default. Downloads them only where the cache does not hold them.
   *
   * @param wanted major versions, the best first; may be empty
   * @throws DrillException if they cannot be had; the cache is then as it was
   */
  @SuppressWarnings("try") // The lock is only held, never asked anything.
  PostgresInstallation obtain(Collection<Integer> wanted) {
    String architecture = machine.architecture();
    try (CacheLock lock = CacheLock.on(cache, PATIENCE)) {
      // Whoever holds the lock is the only one to unpack, so what lies there was left by a JVM that
      // was killed.
      for (Path leftover : entries(STAGING + "*")) {
        delete(leftover);
      }
      Optional<PostgresInstallation> cached =
          wanted.isEmpty() ? newest(architecture) : first(wanted, architecture);
      return cached.isPresent() ? cached.get() : fetch(wanted, architecture);
    } catch (IOException e) {
      throw new DrillException(
          "cannot write the cache directory " + cache + ": " + e,
          "make room there, or set XDG_CACHE_HOME to another directory",
          e);
    }
  }

  private PostgresInstallation fetch(Collection<Integer> wanted, String architecture)
      throws IOException {
    try {
      return fetch(machine, wanted, architecture);
    } catch (DrillException withOwnLists) {
      // The machine's package lists are absent or outdated. What is at hand is better than new
      // ones.
      Optional<PostgresInstallation> cached = newest(architecture);
      if (cached.isPresent()) {
        return cached.get();
      }
      try {
        DebianPackages fresh = machine.withFreshLists(cache.resolve("apt"));
        return fetch(fresh, wanted, architecture);
      } catch (DrillException withFreshLists) {
        withFreshLists.addSuppressed(withOwnLists);
        throw withFreshLists;
      }
    }
  }

  private PostgresInstallation fetch(
      DebianPackages packages, Collection<Integer> wanted, String architecture) throws IOException {
    int major = choose(packages, wanted);
    Optional<PostgresInstallation> cached = entry(major, architecture);
    return cached.isPresent() ? cached.get() : unpack(packages, major, architecture);
  }

  private static int choose(DebianPackages packages, Collection<Integer> wanted) {
    for (int major : wanted) {
      if (packages.offers(major)) {
        return major;
      }
    }
    OptionalInt byDefault = packages.defaultMajor();
    return byDefault.orElseThrow(
        () ->
            new DrillException(
                "apt-cache knows no package postgresql",
                "check the sources in /etc/apt and that their hosts can be reached"));
  }

  private PostgresInstallation unpack(DebianPackages packages, int major, String architecture)
      throws IOException {
    Path staging = Files.createTempDirectory(cache, STAGING);
    try {
      Path tree = Files.createDirectory(staging.resolve("tree"));
      packages.unpack(major, Files.createDirectory(staging.resolve("archives")), tree);
      ProgramDirectory unpacked = inspect(tree, major);
      if (!unpacked.isComplete()) {
        throw new DrillException(
            "PostgreSQL " + major + " was unpacked but cannot be used; " + unpacked.describe(),
            "install the server and the client of PostgreSQL " + major + " on this machine");
      }
      Path entry = cache.resolve(entryName(Integer.toString(major), architecture));
      // Only an entry that does not work is ever replaced.
      delete(entry);
      Files.move(tree, entry, StandardCopyOption.ATOMIC_MOVE);
      return installation(inspect(entry, major));
    } finally {
      delete(staging);
    }
  }

  private Optional<PostgresInstallation> first(Collection<Integer> wanted, String architecture)
      throws IOException {
    for (int major : wanted) {
      Optional<PostgresInstallation> found = entry(major, architecture);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<PostgresInstallation> newest(String architecture) throws IOException {
    List<PostgresInstallation> found = new ArrayList<>();
    for (Path directory : entries(entryName("*", architecture))) {
      String major = directory.getFileName().toString().split("-", -1)[1];
      if (major.matches("\\d{1,4}")) {
        entry(Integer.parseInt(major), architecture).ifPresent(found::add);
      }
    }
    return found.stream().max(Comparator.comparingInt(PostgresInstallation::major));
  }

  private Optional<PostgresInstallation> entry(int major, String architecture) {
    Path directory = cache.resolve(entryName(Integer.toString(major), architecture));
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try {
      ProgramDirectory programs = inspect(directory, major);
      return programs.isComplete() ? Optional.of(installation(programs)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String entryName(String major, String architecture) {
    return "postgresql-" + major + "-" + architecture;
  }

  private static ProgramDirectory inspect(Path tree, int major) throws IOException {
    return ProgramDirectory.inspect(
        tree.resolve("usr/lib/postgresql/" + major + "/bin"), libraryDirs(tree));
  }

  /** The directories of shared libraries, which are named after the architecture's triplet. */
  private static List<Path> libraryDirs(Path tree) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path parent : List.of(tree.resolve("usr/lib"), tree.resolve("lib"))) {
      if (Files.isDirectory(parent)) {
        found.addAll(list(parent, "*-linux-*"));
      }
    }
    return found;
  }

  private static PostgresInstallation installation(ProgramDirectory programs) {
    // The path of the time zone database is compiled in, so it cannot be unpacked elsewhere.
    List<String> caveats =
        Files.exists(TIME_ZONE)
            ? List.of()
            : List.of(
                "There is no time zone database ("
                    + TIME_ZONE
                    + "), so the server knows the time zone GMT only; run the drill with TZ=GMT, or"
                    + " install the package tzdata.");
    return programs.asInstallation("unpacked from the distribution's packages", caveats);
  }

  private List<Path> entries(String glob) throws IOException {
    return list(cache, glob);
  }

  private static List<Path> list(Path directory, String glob) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
      stream.forEach(found::add);
    }
    found.sort(null);
    return found;
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(directory)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
