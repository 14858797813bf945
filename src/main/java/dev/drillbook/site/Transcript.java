package dev.drillbook.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What commands printed, line by line, with every secret blanked out as it enters. Keeps the first
 * and the last lines of a command that never stops talking, and says how many it left out.
 */
public final class Transcript {
  private static final int MAX_LINES = 4_000;
  private static final int MAX_LINE_LENGTH = 4_000;

  /** Where a line comes from. */
  public enum Stream {
    COMMAND,
    OUT,
    ERR
  }

  /** One line of it. */
  public record Line(Stream stream, String text) {}

  private final Redaction redaction;
  private final List<Line> lines = new ArrayList<>();
  private int leftOut;

  public Transcript(Set<String> secrets) {
    this.redaction = new Redaction(secrets);
  }

  public synchronized void add(Stream stream, String text) {
    String clean = redaction.clean(text);
    if (clean.length() > MAX_LINE_LENGTH) {
      clean = clean.substring(0, MAX_LINE_LENGTH) + " …";
    }
    if (lines.size() >= MAX_LINES) {
      lines.remove(MAX_LINES / 2);
      leftOut++;
    }
    lines.add(new Line(stream, clean));
  }

  public synchronized List<Line> lines() {
    List<Line> shown = new ArrayList<>(lines);
    if (leftOut > 0) {
      shown.add(MAX_LINES / 2, new Line(Stream.COMMAND, "… " + leftOut + " lines left out …"));
    }
    return List.copyOf(shown);
  }

  /** The lines that match {@code pattern} and were printed to {@code stream}. */
  public List<String> find(Stream stream, Pattern pattern) {
    return lines().stream()
        .filter(line -> line.stream() == stream && pattern.matcher(line.text()).find())
        .map(Line::text)
        .toList();
  }

  /** The last {@code count} lines that were printed, the most telling part of a failure. */
  public List<String> tail(int count) {
    List<String> printed =
        lines().stream().filter(line -> line.stream() != Stream.COMMAND).map(Line::text).toList();
    return printed.subList(Math.max(0, printed.size() - count), printed.size());
  }

  /** All of it, a line each; "$" marks a command and "!" what it printed to its standard error. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Line line : lines()) {
      String mark =
          switch (line.stream()) {
            case COMMAND -> "$ ";
            case OUT -> "  ";
            case ERR -> "! ";
          };
      text.append(mark).append(line.text()).append('\n');
    }
    return text.toString();
  }
}
