package dev.drillbook.physical;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says while it recovers, in English.
 *
 * @param lines as in its log
 */
record RecoveryLog(List<String> lines) {
  private static final Pattern LAST_TRANSACTION =
      Pattern.compile("last completed transaction was at log time (.+)$");

  /** How xlogreader.c says that what it reads is no record, which recovery takes for the end. */
  private static final Pattern NO_RECORD =
      Pattern.compile(
          "LOG:  (?:invalid (?:record length|resource manager ID|magic number|info bits|contrecord length|record offset|record header)"
              + "|incorrect resource manager data checksum|record with (?:incorrect|invalid)|unexpected pageaddr"
              + "|contrecord is requested|there is no contrecord flag|record length \\d+ |out-of-sequence timeline ID"
              + "|WAL file is from different database|missing contrecord|could not decompress image)");

  RecoveryLog {
    lines = List.copyOf(lines);
  }

  /**
   * When the last transaction that came back was committed or rolled back, as the server has it.
   */
  Optional<String> lastTransaction() {
    return lines.stream()
        .map(LAST_TRANSACTION::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .reduce((earlier, later) -> later);
  }

  /** The line that says what could not be read of the log. */
  Optional<String> endedBy() {
    return lines.stream()
        .filter(line -> NO_RECORD.matcher(line).find())
        .map(line -> line.substring(line.indexOf("LOG:")))
        .findFirst();
  }
}
