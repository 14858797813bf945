package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Gets PostgreSQL's packages from the distribution's own archive and unpacks them into a directory,
 * without root and without installing anything. Debian's PostgreSQL programs find their other files
 * relative to themselves, so they run from anywhere as long as the tree below {@code /usr} is kept.
 */
final class DebianPackages {
  private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration DOWNLOAD_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration UNPACK_TIMEOUT = Duration.ofMinutes(2);

  private static final Pattern CANDIDATE = Pattern.compile("(?m)^ *Candidate: (\\d+)");
  private static final Pattern TO_INSTALL = Pattern.compile("(?m)^Inst (\\S+) ");

  /**
   * What the server depends on as a package but not as a program: the scripts that manage clusters,
   * and Perl for them. The C library must not come along in any case: it has to match the machine's
   * dynamic linker.
   */
  private static final Pattern NOT_NEEDED =
      Pattern.compile(
          "libc6|libc6-.*|libc-.*|locales.*|tzdata|perl|perl-.*|libperl.*|.*-perl|libgdbm.*"
              + "|.*-common|.*-dev|.*-doc|ssl-cert|openssl|ucf|sensible-utils|netbase|adduser"
              + "|debconf.*|dpkg|apt|init-system-helpers");

  private final SearchPath path;
  private final List<String> options;

  private DebianPackages(SearchPath path, List<String> options) {
    this.path = path;
    this.options = options;
  }

  /** Works with the package lists that the machine has. */
  DebianPackages(SearchPath path) {
    // As root, apt would switch to a user of its own, who may not write into the cache.
    this(path, List.of("-o", "APT::Sandbox::User=root"));
  }

  /** Whether this machine has the tools: it is Debian or a distribution derived from it. */
  boolean available() {
    return Stream.of("apt-get", "apt-cache", "dpkg").allMatch(tool -> path.find(tool).isPresent());
  }

  /**
   * The same, with fresh package lists in {@code directory}: for a machine whose own are absent or
   * so old that the archive no longer holds what they name.
   *
   * @throws DrillException if the lists cannot be written or none can be had
   */
  DebianPackages withFreshLists(Path directory) {
    Path configuration = directory.resolve("apt.conf");
    try {
      Files.createDirectories(directory.resolve("lists/partial"));
      Files.createDirectories(directory.resolve("archives/archives/partial"));
      // What the machine runs after its own updates is not for ours. Only a configuration file,
      // read last, can clear a list.
      Files.writeString(
          configuration,
          """
          #clear APT::Update::Pre-Invoke;
          #clear APT::Update::Post-Invoke;
          #clear APT::Update::Post-Invoke-Success;
          """);
    } catch (IOException e) {
      throw new DrillException(
          "cannot write package lists into " + directory + ": " + e.getMessage(),
          "make it writable, or set XDG_CACHE_HOME to a directory that is",
          e);
    }
    List<String> withLists = new ArrayList<>(options);
    withLists.addAll(List.of("-c", configuration.toString()));
    withLists.addAll(List.of("-o", "Dir::State::lists=" + directory.resolve("lists")));
    withLists.addAll(List.of("-o", "Dir::Cache=" + directory.resolve("archives")));
    withLists.addAll(List.of("-o", "Acquire::Languages=none"));
    DebianPackages fresh = new DebianPackages(path, List.copyOf(withLists));
    fresh.update(directory);
    return fresh;
  }

  /**
   * Fails only where nothing at all was had. One unreachable source among many is no reason to give
   * up, and the exit code does not tell it from a total failure; a package that cannot be had is
   * named when it is asked for.
   */
  private void update(Path directory) {
    ToolCommand.Result result =
        command("apt-get", DOWNLOAD_TIMEOUT, directory, List.of("update")).run();
    try (DirectoryStream<Path> lists =
        Files.newDirectoryStream(directory.resolve("lists"), "*_Packages*")) {
      if (!lists.iterator().hasNext()) {
        throw new DrillException(
            "apt-get update brought no package lists" + ToolCommand.said(result.output()),
            "check the sources in /etc/apt and that their hosts can be reached");
      }
    } catch (IOException e) {
      throw new DrillException(
          "cannot read " + directory + ": " + e.getMessage(), "check its permissions", e);
    }
  }

  /** The architecture of the machine's packages, such as {@code amd64}. */
  String architecture() {
    return tool("dpkg", QUERY_TIMEOUT, Path.of("/"), List.of("--print-architecture"))
        .output()
        .strip();
  }

  /** The major version that the distribution calls its PostgreSQL. */
  OptionalInt defaultMajor() {
    return candidate("postgresql");
  }

  /** Whether the distribution has a server of that major version. */
  boolean offers(int major) {
    return candidate("postgresql-" + major).isPresent();
  }

  private OptionalInt candidate(String name) {
    String policy =
        command("apt-cache", QUERY_TIMEOUT, Path.of("/"), List.of("policy", name)).output();
    Matcher matcher = CANDIDATE.matcher(policy);
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /**
   * Downloads server and clients of {@code major}, with the libraries the machine lacks, and
   * unpacks them.
   *
   * @param archives an empty directory for the packages
   * @param tree the directory to unpack into
   * @throws DrillException with what the tool said, if any package cannot be had or unpacked
   */
  void unpack(int major, Path archives, Path tree) throws IOException {
    List<String> names = new ArrayList<>(List.of("download"));
    names.addAll(packages(major));
    command("apt-get", DOWNLOAD_TIMEOUT, archives, names).output();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(archives, "*.deb")) {
      for (Path file : files) {
        List<String> arguments = List.of("-x", file.toString(), tree.toString());
        tool("dpkg", UNPACK_TIMEOUT, archives, arguments).output();
      }
    }
  }

  private Set<String> packages(int major) {
    String server = "postgresql-" + major;
    String client = "postgresql-client-" + major;
    // Named in any case: a machine can have the packages but not their files, as in an image that
    // was stripped.
    Set<String> names = new LinkedHashSet<>(List.of(server, client, "libpq5"));
    List<String> simulation =
        List.of("--simulate", "install", "--no-install-recommends", server, client);
    String plan = command("apt-get", QUERY_TIMEOUT, Path.of("/"), simulation).output();
    TO_INSTALL
        .matcher(plan)
        .results()
        .map(match -> match.group(1))
        .filter(name -> !NOT_NEEDED.matcher(name).matches())
        .forEach(names::add);
    return names;
  }

  private ToolCommand command(
      String program, Duration timeout, Path directory, List<String> arguments) {
    List<String> all = new ArrayList<>(options);
    all.addAll(arguments);
    return tool(program, timeout, directory, all);
  }

  private ToolCommand tool(
      String program, Duration timeout, Path directory, List<String> arguments) {
    Optional<Path> file = path.find(program);
    List<String> words = new ArrayList<>(List.of(file.map(Path::toString).orElse(program)));
    words.addAll(arguments);
    return new ToolCommand(words, Map.of("PATH", path.value()), directory, timeout);
  }
}
