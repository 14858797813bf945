package dev.drillbook.site;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What commands printed, line by line, with every secret blanked out as it enters. Keeps the first
 * and the last lines of a command that never stops talking, and the errors in between; says how
 * many others it left out.
 */
public final class Transcript {
  private static final int MAX_LINES_EACH_SIDE = 2_000;
  private static final int MAX_ERRORS_BETWEEN = 1_000;
  private static final int MAX_LINE_LENGTH = 4_000;

  /**
   * How psql, pg_restore and shells begin a line that reports an error. Some restores print dozens
   * of these and exit with 0.
   */
  private static final Pattern ERROR_LINE =
      Pattern.compile("^(?:\\S+: )?(?:\\S+:\\d+: )?(?:error|ERROR|FATAL|PANIC):");

  /** Where a line comes from. */
  public enum Stream {
    COMMAND,
    OUT,
    ERR
  }

  /** One line of it. */
  public record Line(Stream stream, String text) {}

  private final Redaction redaction;
  private final List<Line> first = new ArrayList<>();
  private final List<Line> errorsBetween = new ArrayList<>();
  private final Deque<Line> last = new ArrayDeque<>();
  private int leftOut;
  private int errors;

  public Transcript(Set<String> secrets) {
    this.redaction = new Redaction(secrets);
  }

  public synchronized void add(Stream stream, String text) {
    String clean = redaction.clean(text);
    if (clean.length() > MAX_LINE_LENGTH) {
      clean = clean.substring(0, MAX_LINE_LENGTH) + " …";
    }
    Line line = new Line(stream, clean);
    if (isError(line)) {
      errors++;
    }
    if (first.size() < MAX_LINES_EACH_SIDE) {
      first.add(line);
      return;
    }
    last.add(line);
    if (last.size() > MAX_LINES_EACH_SIDE) {
      makeRoom(last.remove());
    }
  }

  private void makeRoom(Line oldest) {
    if (isError(oldest) && errorsBetween.size() < MAX_ERRORS_BETWEEN) {
      errorsBetween.add(oldest);
    } else {
      leftOut++;
    }
  }

  private static boolean isError(Line line) {
    return line.stream() == Stream.ERR && ERROR_LINE.matcher(line.text()).find();
  }

  public synchronized List<Line> lines() {
    List<Line> shown = new ArrayList<>(first);
    if (leftOut > 0) {
      shown.add(new Line(Stream.COMMAND, "… " + leftOut + " lines left out …"));
    }
    shown.addAll(errorsBetween);
    shown.addAll(last);
    return List.copyOf(shown);
  }

  /** How many lines of standard error report an error, those included that were left out. */
  public synchronized int errorCount() {
    return errors;
  }

  /** The lines of standard error that report an error; of very many, not all. */
  public List<String> errorLines() {
    return find(Stream.ERR, ERROR_LINE);
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
