package dev.drillbook.physical;

import dev.drillbook.catalogue.BackupSource;
import dev.drillbook.catalogue.StoredFile;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.unpacking.Stage;
import dev.drillbook.unpacking.Stored;
import dev.drillbook.unpacking.Unpacker;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The archived WAL that one base backup needs, unpacked.
 *
 * @param folder a file a segment, or history of a timeline, by its own name
 * @param until when the newest of the archive was archived
 */
public record FetchedWal(Path folder, Optional<Instant> until) {

  /**
   * Fetches what a base backup needs: the segments from where it starts, and all histories.
   *
   * @param data the base backup, unpacked
   * @param target an empty folder
   * @param stages what it takes is added to them
   * @throws DrillException if what is archived is broken, hostile, or cannot be unpacked here
   */
  public static FetchedWal of(
      BackupSource source,
      WalArchive archive,
      Path data,
      Unpacker unpacker,
      Path target,
      List<Stage> stages) {
    List<StoredFile> needed = archive.from(new DataFolder(data).start());
    if (!needed.isEmpty()) {
      List<Stored> stored =
          needed.stream()
              .map(file -> new Stored(file.name(), file.bytes(), () -> source.open(file)))
              .toList();
      for (Stage stage : unpacker.unpackSegments(stored, target)) {
        stages.add(
            new Stage("wal-" + stage.name(), stage.took(), stage.bytesIn(), stage.bytesOut()));
      }
    }
    return new FetchedWal(target, archive.until());
  }
}
