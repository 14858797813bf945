package dev.drillbook.plan;

import dev.drillbook.plan.RestoreCheck.Format;
import dev.drillbook.plan.RestoreCheck.PgBackRest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a restore check says of backups that are copies of a server's files.
 *
 * @param wal where WAL is archived
 * @param pgbackrest the repository
 * @param files the names that pgBackRest itself gives to full backups; empty where it does not say
 *     them
 */
record PhysicalReader(
    Optional<String> wal, Optional<PgBackRest> pgbackrest, Optional<NamePattern> files) {
  private static final ValueType<String> FOLDER =
      new ValueType<>("a folder below the catalogue's root, e.g. wal/", PhysicalReader::folder);

  /** As pgBackRest's option {@code stanza} takes it: it becomes a folder's name. */
  private static final ValueType<String> STANZA =
      new ValueType<>("the stanza's name, e.g. shop", PhysicalReader::stanza);

  static PhysicalReader read(MapReader map) {
    Optional<String> wal = map.optional("wal", FOLDER);
    Optional<PgBackRest> pgbackrest = map.optionalChild("pgbackrest").flatMap(PhysicalReader::of);
    if (map.holds("wal")) {
      ofWal(map);
    }
    Optional<String> format = map.peek("format");
    if (map.holds("pgbackrest")
        && format.isPresent()
        && !map.has("format", Format.PGBACKREST.word())) {
      map.problem(
          "format",
          " has 'pgbackrest', but its format is " + format.get(),
          "remove one of the two: a pgBackRest repository has a format of its own");
    }
    if (!map.holds("pgbackrest") && map.has("format", Format.PGBACKREST.word())) {
      map.problem(
          "format",
          " is of a pgBackRest repository, and names no stanza",
          "add pgbackrest: {stanza: shop}, with the stanza's name");
    }
    return new PhysicalReader(wal, pgbackrest, pgbackrest.flatMap(PhysicalReader::fullBackups));
  }

  private static void ofWal(MapReader map) {
    if (map.holds("pgbackrest")) {
      map.problem(
          "wal", " has 'wal' and 'pgbackrest', whose repository has the WAL in it", "remove wal");
    } else if (map.peek("format").isPresent() && !map.has("format", Format.BASE.word())) {
      map.problem(
          "wal",
          " has 'wal', but its format is " + map.peek("format").get(),
          "remove wal: only base backups are followed by it");
    }
    if (map.holds("restore")) {
      map.problem(
          "wal",
          " has 'wal' and 'restore', whose script finds the WAL by itself",
          "remove one of the two");
    }
  }

  private static Optional<PgBackRest> of(MapReader map) {
    Optional<String> stanza = map.required("stanza", STANZA);
    String repository = map.optional("repository", FOLDER).orElse("");
    map.refuseOtherKeys();
    return stanza.map(name -> new PgBackRest(name, repository));
  }

  /** See "label" in pgBackRest's user guide: the time of its start, and F for a full one. */
  private static Optional<NamePattern> fullBackups(PgBackRest pgbackrest) {
    try {
      return Optional.of(
          NamePattern.parse(
              pgbackrest.repository() + "backup/" + pgbackrest.stanza() + "/{yyyyMMdd-HHmmss}F/"));
    } catch (BadValue e) {
      throw new IllegalStateException(e); // Of names that were looked at.
    }
  }

  Optional<Format> format() {
    return pgbackrest.map(given -> Format.PGBACKREST);
  }

  private static String folder(String text) throws BadValue {
    String folder = text.strip();
    List<String> parts = Arrays.asList(folder.split("/", -1));
    if (folder.isEmpty()
        || folder.startsWith("/")
        || parts.contains("..")
        || folder.matches(".*[*{}].*")) {
      throw new BadValue(
          "not a folder below the catalogue's root", "write a relative path, e.g. wal/");
    }
    return folder.endsWith("/") ? folder : folder + "/";
  }

  private static String stanza(String text) throws BadValue {
    if (!text.matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
      throw new BadValue("not a stanza's name", "write it as pgbackrest info shows it");
    }
    return text;
  }
}
