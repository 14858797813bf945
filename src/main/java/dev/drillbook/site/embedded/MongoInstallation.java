package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What plays MongoDB here: a {@code mongod} of this machine, or our stand-in.
 *
 * @param server the {@code mongod}; empty for the stand-in
 * @param version of whichever it is
 * @param caveats what a user should know of the choice, in whole sentences
 */
public record MongoInstallation(Optional<Path> server, String version, List<String> caveats)
    implements StorePrograms.OfMongo {

  private static final List<String> WELL_KNOWN =
      List.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/opt/mongodb/bin");
  private static final Pattern VERSION = Pattern.compile("db version v(\\S+)");
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

  private static final String STAND_IN_VERSION = "1.47.0";
  private static final StandIn STAND_IN =
      new StandIn(
          "dev.drillbook.site.embedded.standin.MongoStandIn",
          "MongoDB",
          "de.bwaldvogel.mongo.backend.h2.H2Backend",
          List.of(
              "de.bwaldvogel:mongo-java-server-core:" + STAND_IN_VERSION,
              "de.bwaldvogel:mongo-java-server-h2-backend:" + STAND_IN_VERSION),
          192);

  public MongoInstallation {
    caveats = List.copyOf(caveats);
  }

  /**
   * That of this machine. A {@code mongod} that cannot even tell its version is passed over, since
   * there are machines whose processor it does not run on, and a caveat says so.
   *
   * @param environment as from {@link System#getenv()}
   */
  static MongoInstallation ofThisMachine(Map<String, String> environment) {
    SearchPath path = new SearchPath(environment.getOrDefault("PATH", ""));
    return locate(path, WELL_KNOWN.stream().map(Path::of).toList());
  }

  /** The same, for programs in {@code path} and then in {@code wellKnown}. */
  static MongoInstallation locate(SearchPath path, List<Path> wellKnown) {
    List<String> caveats = new ArrayList<>();
    List<Path> candidates =
        Stream.concat(path.directories().stream(), wellKnown.stream())
            .map(directory -> directory.resolve("mongod"))
            .filter(file -> file.toFile().isFile() && file.toFile().canExecute())
            .distinct()
            .toList();
    for (Path mongod : candidates) {
      Optional<String> version = version(mongod, caveats);
      if (version.isPresent()) {
        return new MongoInstallation(Optional.of(mongod), version.get(), caveats);
      }
    }
    return new MongoInstallation(Optional.empty(), STAND_IN_VERSION, caveats);
  }

  private static Optional<String> version(Path mongod, List<String> caveats) {
    try {
      String answer =
          new ToolCommand(
                  List.of(mongod.toString(), "--version"), Map.of(), Path.of("/"), ANSWERS_WITHIN)
              .output();
      Matcher version = VERSION.matcher(answer);
      if (version.find()) {
        return Optional.of(version.group(1));
      }
      caveats.add(mongod + " is not used: it does not tell its version.");
    } catch (DrillException e) {
      caveats.add(mongod + " is not used: " + e.problem() + ".");
    }
    return Optional.empty();
  }

  /** For the console and the report. */
  @Override
  public String describe() {
    return server
        .map(mongod -> "MongoDB " + version + " from " + mongod.getParent())
        .orElse(
            "a stand-in for MongoDB 5.0 (mongo-java-server "
                + version
                + ": no transactions, users, replication or dbHash)");
  }

  boolean isStandIn() {
    return server.isEmpty();
  }

  /**
   * The command that serves the data in {@code folder}, without authentication. A standalone mongod
   * keeps a journal: always since 6.1, by default before.
   *
   * @throws DrillException if the stand-in is to be used and its library is not on the class path
   */
  @Override
  public List<String> serverCommand(Path folder, int port, String listenAddress) {
    if (server.isEmpty()) {
      return STAND_IN.command(List.of(folder.toString(), String.valueOf(port), listenAddress));
    }
    return List.of(
        server.get().toString(),
        "--dbpath",
        folder.toString(),
        "--port",
        String.valueOf(port),
        "--bind_ip",
        listenAddress,
        "--nounixsocket",
        "--wiredTigerCacheSizeGB",
        "0.25");
  }
}
