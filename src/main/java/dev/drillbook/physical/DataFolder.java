package dev.drillbook.physical;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A copy of a server's data directory.
 *
 * @param path where it is
 */
record DataFolder(Path path) {
  private static final Pattern MAP_LINE = Pattern.compile("(\\d{1,10}) (.+)");

  private static final Pattern PRELOADED =
      Pattern.compile("^\\s*shared_preload_libraries\\s*=?\\s*'?([^'#]*[^'#\\s])'?\\s*(?:#.*)?$");

  /** Empty in a base backup, and what holds files alone has no empty folders; servers want them. */
  private static final List<String> FOLDERS =
      List.of(
          "pg_wal/archive_status",
          "pg_commit_ts",
          "pg_dynshmem",
          "pg_logical/mappings",
          "pg_logical/snapshots",
          "pg_multixact/members",
          "pg_multixact/offsets",
          "pg_notify",
          "pg_replslot",
          "pg_serial",
          "pg_snapshots",
          "pg_stat",
          "pg_stat_tmp",
          "pg_subtrans",
          "pg_tblspc",
          "pg_twophase",
          "pg_xact");

  /** Where pg_control has the state, and what that is after a stop in good order (pg_control.h). */
  private static final int STATE_AT = 16;

  private static final int SHUT_DOWN = 1;
  private static final int SHUT_DOWN_IN_RECOVERY = 2;

  private interface Reading<T> {
    T read() throws IOException;
  }

  private <T> T reading(String what, Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new DrillException(
          what + " of the backup cannot be read: " + e,
          "is it whole? compare it with its source",
          e);
    }
  }

  int major() {
    return reading(
        "PG_VERSION",
        () -> {
          String text = Files.readString(path.resolve("PG_VERSION"), StandardCharsets.ISO_8859_1);
          if (!text.strip().matches("\\d{2}")) {
            throw new IOException("it says no version of 10 or later");
          }
          return Integer.parseInt(text.strip());
        });
  }

  Optional<BackupLabel> label() {
    Path label = path.resolve("backup_label");
    return Files.isRegularFile(label)
        ? Optional.of(BackupLabel.parse(lines("backup_label")))
        : Optional.empty();
  }

  boolean hasManifest() {
    return Files.isRegularFile(path.resolve("backup_manifest"));
  }

  /**
   * The first segment that recovery needs: by the label, or by what a server that was stopped left
   * in its folder of WAL.
   *
   * @throws DrillException if it cannot be told
   */
  WalName start() {
    Optional<BackupLabel> label = label();
    if (label.isPresent()) {
      return label.get().start();
    }
    if (!isOfStoppedServer()) {
      throw new DrillException(
          "the base backup has no backup_label, and its server was running",
          "without it recovery begins in the wrong place and leaves damage that nobody is told of: take it with pg_basebackup, or keep what pg_backup_stop() returns");
    }
    return ownWal().stream()
        .min(Comparator.naturalOrder())
        .orElseThrow(
            () ->
                new DrillException(
                    "the copy of a stopped server has no WAL", "copy its pg_wal folder too"));
  }

  private boolean isOfStoppedServer() {
    return reading(
        "global/pg_control",
        () -> {
          try (var in = Files.newInputStream(path.resolve("global").resolve("pg_control"))) {
            byte[] head = in.readNBytes(STATE_AT + Integer.BYTES);
            if (head.length < STATE_AT + Integer.BYTES) {
              throw new IOException("it is cut off");
            }
            int state = ByteBuffer.wrap(head).order(ByteOrder.nativeOrder()).getInt(STATE_AT);
            return state == SHUT_DOWN || state == SHUT_DOWN_IN_RECOVERY;
          }
        });
  }

  /** The segments that the copy brings with it. */
  List<WalName> ownWal() {
    Path wal = path.resolve("pg_wal");
    if (!Files.isDirectory(wal, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    return reading(
        "pg_wal",
        () -> {
          try (Stream<Path> files = Files.list(wal)) {
            return files
                .map(file -> WalName.parse(file.getFileName().toString()))
                .flatMap(Optional::stream)
                .sorted()
                .toList();
          }
        });
  }

  private List<String> lines(String file) {
    return reading(
        file,
        () ->
            Files.isRegularFile(path.resolve(file))
                ? Files.readString(path.resolve(file), StandardCharsets.ISO_8859_1).lines().toList()
                : List.<String>of());
  }

  /** Makes the folders that are empty in every backup. */
  void complete() {
    reading(
        "the folders",
        () -> {
          for (String folder : FOLDERS) {
            Files.createDirectories(path.resolve(folder));
          }
          return null;
        });
  }

  /**
   * Makes the links to the tablespaces of the backup, all of which its map has within our own
   * folder, as the server will once more.
   *
   * @param within our own folder
   * @return the tablespaces' folders
   */
  List<Path> linkTablespaces(Path within) {
    List<Path> linked = new ArrayList<>();
    for (String line : lines("tablespace_map")) {
      Matcher matcher = MAP_LINE.matcher(line);
      Path place = matcher.matches() ? Path.of(matcher.group(2)).normalize() : Path.of("/");
      if (!place.startsWith(within)) {
        throw new CannotRestoreHere(
            "the backup's tablespace_map leads out of the restore: "
                + line.replaceAll("\\P{Print}", "?"),
            "it was not restored; where does it come from?");
      }
      reading(
          "pg_tblspc",
          () ->
              Files.createSymbolicLink(path.resolve("pg_tblspc").resolve(matcher.group(1)), place));
      linked.add(place);
    }
    return linked;
  }

  /**
   * Refuses links that lead anywhere else, whoever made them.
   *
   * @param within the folder in which they may lead
   */
  void requireNoWayOut(Path within) {
    List<Path> links =
        reading(
            "the folder",
            () -> {
              try (Stream<Path> files = Files.walk(path)) {
                return files.filter(Files::isSymbolicLink).toList();
              }
            });
    for (Path link : links) {
      Path to =
          reading(
              "a link", () -> link.getParent().resolve(Files.readSymbolicLink(link)).normalize());
      if (!to.startsWith(within)) {
        throw new CannotRestoreHere(
            path.relativize(link) + " leads out of the restore, to " + to,
            "it was not started; back the folder up as a folder");
      }
    }
  }

  /** What its own settings would have every process load; not done here. */
  Optional<String> preloaded() {
    return Stream.of("postgresql.auto.conf", "postgresql.conf")
        .flatMap(
            file ->
                lines(file).stream()
                    .map(PRELOADED::matcher)
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .reduce((earlier, later) -> later)
                    .stream())
        .findFirst()
        .map(text -> text.replaceAll("\\P{Print}", "?"));
  }

  /** The history files of timelines in {@code folder}, as lines, by timeline. */
  static Map<Integer, List<String>> histories(Path folder) {
    Map<Integer, List<String>> histories = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return histories;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.matches("[0-7][0-9A-F]{7}\\.history")) {
          histories.put(
              Integer.parseInt(name.substring(0, 8), 16),
              Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList());
        }
      }
      return histories;
    } catch (IOException e) {
      throw new DrillException(folder + " cannot be read: " + e, "check the disk", e);
    }
  }
}
