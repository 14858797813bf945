package processpilot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drillbook.site.Disturbance;
import dev.drillbook.site.Server;
import dev.drillbook.site.ServiceAddress;
import dev.drillbook.timeline.Finding;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** One incident: whom it keeps out, and what is kept of it. */
final class Incident {
  private static final int LOG_LINES = 10_000;

  private final ServiceAddress api;
  private final Path evidence;
  private Disturbance isolation;

  /**
   * One that nobody has done anything about yet.
   *
   * @param evidence the folder that a script makes for it
   */
  Incident(ServiceAddress api, Path evidence) {
    this.api = api;
    this.evidence = evidence;
  }

  void isolate() {
    isolation = api.cut();
  }

  void reopen() {
    isolation.end();
  }

  String evidence() {
    return evidence.toString();
  }

  String logs() {
    return evidence.resolveSibling(evidence.getFileName() + "-logs").toString();
  }

  void collectLogs(Server... servers) throws IOException {
    Files.createDirectories(Path.of(logs()));
    for (Server server : servers) {
      Files.write(Path.of(logs()).resolve(server.name() + ".log"), server.logTail(LOG_LINES));
    }
  }

  /** The evidence is whole, and shows what the intruder had planted. */
  Check evidenceIsKept() {
    return new Check() {
      @Override
      public String name() {
        return "evidence";
      }

      @Override
      public Examined examine(Evidence after) throws IOException {
        List<String> problems = new ArrayList<>();
        List<String> sums = Files.readAllLines(Path.of(evidence(), "SHA256SUMS"));
        for (String sum : sums) {
          String[] hashAndFile = sum.split("  ", 2);
          Path file = Path.of(evidence()).resolve(hashAndFile[1]);
          if (!Files.exists(file) || !sha256(Files.readAllBytes(file)).equals(hashAndFile[0])) {
            problems.add(hashAndFile[1] + " is not what was kept");
          }
        }
        if (!Files.readString(Path.of(evidence(), "roles.csv")).contains(Intruder.ROLE)) {
          problems.add("roles.csv does not name " + Intruder.ROLE);
        }
        // The list of a dump's contents is not compressed.
        if (!new String(Files.readAllBytes(Path.of(evidence(), "database.dump")), UTF_8)
            .contains(Intruder.FUNCTION)) {
          problems.add("database.dump does not hold " + Intruder.FUNCTION);
        }
        List<Finding> findings =
            problems.isEmpty()
                ? List.of()
                : List.of(
                    Finding.fail(
                            name(),
                            "what the intruder left is kept as it was",
                            problems.size() + " problems",
                            "evidence is taken before anything is repaired, and never written to again")
                        .withExamples(problems));
        return new Examined(sums.size() + " files", sums.size(), findings);
      }
    };
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
