package dev.drillbook.restorecheck;

import dev.drillbook.physical.FetchedRepository;
import dev.drillbook.physical.FetchedWal;
import dev.drillbook.plan.RestoreCheck.Format;
import dev.drillbook.timeline.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A backup where a restore can take it from.
 *
 * @param path the file or folder for the standard tool
 * @param globals what pg_dumpall wrote of roles; empty where there is none
 * @param bytes how much there is
 * @param serverMajor the major version of the server that it was taken of; empty where it does not
 *     say
 * @param wal the archived WAL that a base backup needs; empty where the plan names none
 * @param repository what of a pgBackRest repository was copied
 * @param reachingOut what in it would reach beyond the database; it must not be restored then
 */
record Fetched(
    Format format,
    Path path,
    Optional<Path> globals,
    long bytes,
    OptionalInt serverMajor,
    Optional<FetchedWal> wal,
    Optional<FetchedRepository> repository,
    List<Finding> reachingOut) {
  private static final Pattern MAJOR = Pattern.compile("PostgreSQL (\\d+)");

  /**
   * A finding if it was taken of a newer major version than the server that it is restored into:
   * PostgreSQL promises nothing of dumps into older ones.
   *
   * @param server what the throwaway store is, as it describes itself
   */
  Optional<Finding> newerThan(String server) {
    Matcher matcher = MAJOR.matcher(server);
    if (serverMajor.isEmpty() || !matcher.find()) {
      return Optional.empty();
    }
    int ours = Integer.parseInt(matcher.group(1));
    return serverMajor.getAsInt() <= ours
        ? Optional.empty()
        : Optional.of(
            Finding.unknown(
                "throwaway store",
                "it is of the major version that the backup was taken of, or a newer one",
                "the backup is of PostgreSQL "
                    + serverMajor.getAsInt()
                    + ", and the store would be "
                    + server,
                "install that version's programs on the PATH, or use --site containers with an image of it"));
  }
}
