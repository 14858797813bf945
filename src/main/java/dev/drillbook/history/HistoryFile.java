package dev.drillbook.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.drillbook.run.DrillRecord;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The file that every drill leaves a line in. It is only ever appended to. */
public final class HistoryFile {
  private static final ObjectWriter JSON = new ObjectMapper().writerFor(HistoryEntry.class);
  private static final ObjectReader READER =
      new ObjectMapper()
          .readerFor(HistoryEntry.class)
          .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private HistoryFile() {}

  /**
   * Appends the line of {@code record} and returns once it is on the disk. Other processes that
   * append at the same time wait. Where a killed run left half a line, the new one starts below it:
   * nothing that was written is taken away.
   *
   * @throws DrillException if the file cannot be written
   */
  public static void append(Path file, DrillRecord record) {
    String line = line(record);
    try {
      LinesFile.append(file, line);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** What a file holds, oldest first, and how many of its lines could not be read. */
  public record Lines(List<HistoryEntry> entries, int unreadable) {}

  /**
   * Reads the file; one that does not exist holds nothing. Fields that an older build did not write
   * are null, and those that a newer one added are passed over. A line that is no entry of this
   * schema, such as the half that a killed run left, is only counted.
   *
   * @throws DrillException if the file cannot be read
   */
  public static Lines read(Path file) {
    List<HistoryEntry> entries = new ArrayList<>();
    int unreadable = 0;
    try {
      for (String line : LinesFile.read(file)) {
        Optional<HistoryEntry> entry = parse(line);
        entry.ifPresent(entries::add);
        unreadable += entry.isPresent() ? 0 : 1;
      }
    } catch (IOException e) {
      throw new DrillException(
          "the history " + file.toAbsolutePath() + " cannot be read: " + e,
          "make the file readable, or name another one with -Ddrill.history=FILE",
          e);
    }
    return new Lines(List.copyOf(entries), unreadable);
  }

  private static Optional<HistoryEntry> parse(String line) {
    try {
      HistoryEntry entry = READER.readValue(line);
      return Optional.ofNullable(entry).filter(read -> read.schema() == HistoryEntry.SCHEMA);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * Sees to it, before a drill, that its line can be written after it.
   *
   * @throws DrillException if it cannot
   */
  public static void requireWritable(Path file) {
    try {
      LinesFile.requireWritable(file);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static DrillException unwritable(Path file, IOException e) {
    return new DrillException(
        "the drill's line cannot be added to the history " + file.toAbsolutePath() + ": " + e,
        "make the file and its folder writable, or name another one with -Ddrill.history=FILE",
        e);
  }

  private static String line(DrillRecord record) {
    try {
      return JSON.writeValueAsString(HistoryEntries.of(record));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a history entry has a field that is no JSON", e);
    }
  }
}
