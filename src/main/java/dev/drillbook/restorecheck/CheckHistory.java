package dev.drillbook.restorecheck;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.drillbook.history.LinesFile;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The file that every check leaves a line in, beside that of the drills. A check that was killed
 * leaves none, and so does not count as one that ran.
 */
public final class CheckHistory {
  private static final ObjectWriter JSON = new ObjectMapper().writerFor(CheckLine.class);
  private static final ObjectReader READER =
      new ObjectMapper()
          .readerFor(CheckLine.class)
          .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final Path file;

  public CheckHistory(Path file) {
    this.file = file;
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /**
   * Sees to it, before a check, that its line can be written.
   *
   * @throws DrillException if it cannot
   */
  public void requireWritable() {
    try {
      LinesFile.requireWritable(file);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * Appends the line of a record; on the disk when this returns.
   *
   * @throws DrillException if it cannot be written
   */
  public void append(RestoreCheckRecord record) {
    try {
      LinesFile.append(file, JSON.writeValueAsString(CheckLine.of(record)));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * Every line of this build's schema, oldest first; others, such as the half that a killed run
   * left, are passed over.
   *
   * @throws DrillException if the file cannot be read
   */
  public List<CheckLine> read() {
    List<CheckLine> lines = new ArrayList<>();
    try {
      for (String line : LinesFile.read(file)) {
        parse(line, lines);
      }
    } catch (IOException e) {
      throw new DrillException(
          "the history of checks " + file.toAbsolutePath() + " cannot be read: " + e,
          "make the file readable, or name another one with --history",
          e);
    }
    return lines;
  }

  private static void parse(String text, List<CheckLine> lines) {
    try {
      CheckLine line = READER.readValue(text);
      if (line != null && line.schema() == CheckLine.SCHEMA && CheckLine.KIND.equals(line.kind())) {
        lines.add(line);
      }
    } catch (JsonProcessingException e) {
      // No line of a check.
    }
  }

  private DrillException unwritable(IOException e) {
    return new DrillException(
        "the check's line cannot be added to " + file.toAbsolutePath() + ": " + e,
        "make the file and its folder writable, or name another one with --history",
        e);
  }
}
