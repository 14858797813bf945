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
    WalSegment segment =
        files.list("pg_wal").stream()
            .filter(file -> file.matches("pg_wal/[0-9A-F]{24}"))
            // Timeline first, then place, as the names are made.
            .sorted(Comparator.reverseOrder())
            .flatMap(file -> WalSegment.of(files, file).stream())
            .findFirst()
            .orElseThrow(
                () ->
                    new DrillException(
                        target.name() + " has no WAL segment",
                        "has its data been destroyed before?"));
    long size = files.size(segment.file());
    long left = scene.chance().nextLong(segment.lastWrittenPage() + 1);
    files.truncate(segment.file(), left);
    return ActiveFault.over(
        List.of(
            "%s: %d of %d bytes are left, of which %d were written to"
                .formatted(segment.file(), left, size, segment.written())),
        () -> {
          long now = files.size(segment.file());
          return Bite.of(
              now == left && now < segment.written(), segment.file() + " has " + now + " bytes");
        });
  }
}
