package dev.drillbook.physical;

import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All WAL that there is for one backup: what came with it, and what was archived.
 *
 * @param folder that holds all of it
 * @param start the first segment that recovery needs
 * @param archived what the archive holds of it
 * @param segments all of it, in order
 */
record WalToReplay(
    Path folder, WalName start, List<WalName> archived, List<WalName> segments, Timelines way) {
  private static final String SUBJECT = "WAL";

  WalToReplay {
    archived = List.copyOf(archived);
    segments = List.copyOf(segments);
  }

  /**
   * Brings it together.
   *
   * @throws DrillException if a segment is not whole
   */
  static WalToReplay gather(
      DataFolder data, Optional<FetchedWal> archive, WalName start, long segmentBytes) {
    Path own = data.path().resolve("pg_wal");
    if (archive.isEmpty()) {
      Timelines way = Timelines.from(start.timeline(), DataFolder.histories(own), segmentBytes);
      return new WalToReplay(own, start, List.of(), whole(own, start, segmentBytes), way);
    }
    Path folder = archive.get().folder();
    List<WalName> archived = whole(folder, start, segmentBytes);
    try {
      for (WalName name : data.ownWal()) {
        Path there = folder.resolve(name.toString());
        if (Files.notExists(there)) {
          Files.copy(own.resolve(name.toString()), there);
        }
      }
    } catch (IOException e) {
      throw new CannotRestoreHere(
          "the backup's own WAL cannot be copied: " + e, "has this disk room?", e);
    }
    Timelines way = Timelines.from(start.timeline(), DataFolder.histories(folder), segmentBytes);
    return new WalToReplay(folder, start, archived, whole(folder, start, segmentBytes), way);
  }

  private static List<WalName> whole(Path folder, WalName start, long segmentBytes) {
    try (Stream<Path> files = Files.list(folder)) {
      List<WalName> names =
          files
              .map(file -> WalName.parse(file.getFileName().toString()))
              .flatMap(Optional::stream)
              .filter(name -> name.position().compareTo(start.position()) >= 0)
              .sorted()
              .toList();
      for (WalName name : names) {
        long bytes = Files.size(folder.resolve(name.toString()));
        if (bytes != segmentBytes) {
          throw new DrillException(
              "segment %s has %d of %d bytes".formatted(name, bytes, segmentBytes),
              "did its copying fail? archive_command must not be content with a part, nor overwrite what is there");
        }
      }
      return names;
    } catch (IOException e) {
      throw new CannotRestoreHere(folder + " cannot be read: " + e, "check the disk", e);
    }
  }

  private long segmentBytes() {
    return way.segmentBytes();
  }

  /** The first segment that is missing before the archive's last one. */
  Optional<Finding> gap() {
    OptionalLong last = way.last(archived);
    if (last.isEmpty()) {
      return Optional.empty();
    }
    Set<WalName> there = new HashSet<>(segments);
    return way.firstMissing(start.number(segmentBytes()), last.getAsLong(), there)
        .map(
            missing ->
                Finding.fail(
                    SUBJECT,
                    "no segment is missing from "
                        + start
                        + ", where the backup starts, to the archive's last",
                    "the first that is missing is %s, and the last that is there is %s"
                        .formatted(missing, archived.get(archived.size() - 1)),
                    "what was written after it cannot be brought back, and recovery ends there without an error: take a base backup now, and look for why it was not archived"));
  }

  /** Whether recovery came to an end before the archive did. */
  Optional<Finding> cutShort(Lsn end, RecoveryLog log) {
    OptionalLong last = way.last(archived);
    if (last.isEmpty()) {
      return Optional.empty();
    }
    long reached = end.segment(segmentBytes());
    boolean unread = last.getAsLong() > reached;
    boolean unreadable =
        last.getAsLong() == reached && (end.isBorder(segmentBytes()) || log.endedBy().isPresent());
    if (!unread && !unreadable) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.fail(
                SUBJECT,
                "recovery comes to the end of the last archived segment, "
                    + archived.get(archived.size() - 1),
                "it ended at " + end + log.endedBy().map(line -> ": " + line).orElse(""),
                "a segment is damaged, or of another server: compare it with its source, and take a base backup now")
            .withExamples(log.endedBy().stream().toList()));
  }
}
