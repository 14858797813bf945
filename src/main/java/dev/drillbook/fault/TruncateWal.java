package dev.drillbook.fault;

import dev.drillbook.site.DataFiles;
import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.DrillException;
import java.util.Comparator;
import java.util.List;

/**
 * The WAL segment that was written last is cut off somewhere, as by a full or failing disk. What
 * was committed after that place is lost, or the server does not come up at all. The server must be
 * down.
 */
@About(
    kind = About.Kind.DATA,
    does = "cuts the WAL segment that was written last off somewhere",
    hits = "PostgreSQL",
    needs = "it is down",
    bites = "the segment is shorter")
public record TruncateWal(Postgres target) implements Fault {

  public static Fault truncateWal(Postgres target) {
    return new TruncateWal(target);
  }

  @Override
  public String name() {
    return "truncate the WAL of " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    Faults.requireDown(target, "and would write its WAL anew");
    DataFiles files = target.files();
    // Segments are reused under later names before they are needed; the written ones begin with a
    // header whose first two bytes, the format's number, are not zero.
    String segment =
        files.list("pg_wal").stream()
            .filter(file -> file.matches("pg_wal/[0-9A-F]{24}"))
            .filter(file -> isWritten(files.read(file, 0, 2)))
            .max(Comparator.comparing((String file) -> file.substring(file.length() - 16)))
            .orElseThrow(
                () ->
                    new DrillException(
                        target.name() + " has no WAL segment",
                        "has its data been destroyed before?"));
    long size = files.size(segment);
    long left = scene.chance().nextLong(size / 2);
    files.truncate(segment, left);
    return ActiveFault.over(
        List.of(segment + ": " + left + " of " + size + " bytes are left"),
        () ->
            Bite.of(
                files.size(segment) == left, segment + " has " + files.size(segment) + " bytes"));
  }

  private static boolean isWritten(byte[] start) {
    return start.length == 2 && (start[0] | start[1]) != 0;
  }
}
