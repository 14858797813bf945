package dev.drillbook.unpacking;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tablespaces of a base backup. A server that starts from one makes links to the places that
 * its {@code tablespace_map} names, which are those of the machine that was backed up (PostgreSQL's
 * documentation, 26.3.4, and {@code read_tablespace_map} in xlogrecovery.c). A restore must not
 * touch these, so the map is rewritten to where the tablespaces were unpacked.
 */
final class Tablespaces {

  /** An object id, a blank, and a path in which line breaks and backslashes are escaped. */
  private static final Pattern LINE = Pattern.compile("(\\d{1,10}) .+");

  private static final long MAX_MAP_BYTES = 1_000_000;

  private Tablespaces() {}

  /**
   * @param data the data directory
   * @param unpacked the folder that has a folder for each tablespace, by its object id
   * @throws DrillException if the map names one that was not unpacked
   */
  static void keepInside(Path data, Path unpacked) throws IOException {
    onlyOurs(data);
    Path map = data.resolve("tablespace_map");
    if (!Files.isRegularFile(map)) {
      return;
    }
    if (Files.size(map) > MAX_MAP_BYTES) {
      throw new DrillException("tablespace_map is too large for one", "see what wrote the backup");
    }
    List<String> lines = new ArrayList<>();
    for (String line : Files.readString(map).split("\n", -1)) {
      if (!line.isEmpty()) {
        lines.add(kept(line, unpacked));
      }
    }
    Files.writeString(map, String.join("", lines));
  }

  private static String kept(String line, Path unpacked) throws IOException {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new DrillException(
          "tablespace_map has the line " + TargetFolder.shown(line),
          "see what wrote the backup; pg_basebackup writes an object id and a path");
    }
    Path place = unpacked.resolve(matcher.group(1));
    if (!Files.isDirectory(place)) {
      throw new DrillException(
          "the base backup lacks the tablespace " + matcher.group(1) + " that its map names",
          "store " + matcher.group(1) + ".tar beside base.tar, as pg_basebackup --format=tar does");
    }
    onlyOurs(place);
    return matcher.group(1) + " " + place.toString().replace("\\", "\\\\") + "\n";
  }

  /** A server does not start on a folder that others may look into. */
  private static void onlyOurs(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }
}
