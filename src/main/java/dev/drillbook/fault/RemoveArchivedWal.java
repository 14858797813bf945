package dev.drillbook.fault;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One segment is missing from a WAL archive, so that no recovery gets past it. It is neither the
 * first nor the last that the archive holds, where it holds three.
 *
 * @param archive the folder
 */
@About(
    kind = About.Kind.BACKUPS,
    does = "deletes a segment from the middle of a WAL archive",
    hits = "WAL archives",
    needs = "a segment",
    bites = "the segment is gone")
public record RemoveArchivedWal(Path archive) implements Fault {

  public static Fault removeArchivedWal(Path archive) {
    return new RemoveArchivedWal(archive);
  }

  @Override
  public String name() {
    return "remove a segment from the WAL archive";
  }

  @Override
  public ActiveFault inject(Scene scene) {
    List<Path> segments = segments();
    if (segments.isEmpty()) {
      throw new DrillException(
          archive + " holds no WAL segment", "is WAL archived, and was any segment complete?");
    }
    List<Path> inner = segments.size() < 3 ? segments : segments.subList(1, segments.size() - 1);
    Path victim = inner.get(scene.chance().nextInt(inner.size()));
    return FileFault.inject(
        name(),
        List.of(victim + ", one of " + segments.size()),
        () -> Files.delete(victim),
        () ->
            Bite.of(
                Files.notExists(victim),
                segments().size() + " of " + segments.size() + " segments are left"));
  }

  private List<Path> segments() {
    try (Stream<Path> files = Files.list(archive)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[0-9A-F]{24}(\\.\\w+)?"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DrillException(archive + " cannot be listed: " + e, "is WAL archived there?", e);
    }
  }
}
