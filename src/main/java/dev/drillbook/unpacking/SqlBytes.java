package dev.drillbook.unpacking;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a script without the tables' data in it. psql takes the data of a {@code COPY ...
 * FROM stdin} from the lines after the one in which the statement ends, whatever else is on that
 * line; so it is skipped here, at the end of that line.
 */
final class SqlBytes {
  private static final int BUFFER_BYTES = 256 * 1024;

  /** What may follow a backslash in data, as {@code CopyAttributeOutText} in copyto.c writes it. */
  private static final boolean[] ESCAPED_IN_DATA = new boolean[256];

  private static final boolean[] IN_A_WORD = new boolean[256];

  static {
    for (int c = 0; c < 256; c++) {
      IN_A_WORD[c] =
          (Character.isLetterOrDigit(c) && c < 0x80) || c >= 0x80 || c == '_' || c == '$';
    }
    for (char c : "bfnrtvNx\\01234567\r\n".toCharArray()) {
      ESCAPED_IN_DATA[c] = true;
    }
  }

  private final InputStream in;
  private final SqlFindings findings;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int end;
  private long line = 1;
  private int dataBlocks;

  SqlBytes(InputStream in, SqlFindings findings) {
    this.in = in;
    this.findings = findings;
  }

  long line() {
    return line;
  }

  /** Says that the next lines are data. */
  void dataFollows() {
    dataBlocks++;
  }

  /** The next byte; negative at the end. */
  int next() throws IOException {
    if (at == end && !fill()) {
      return -1;
    }
    int b = buffer[at++] & 0xff;
    if (b == '\n') {
      endLine();
    }
    return b;
  }

  /** The byte after the last one, without taking it; negative at the end. */
  int peek() throws IOException {
    return at == end && !fill() ? -1 : buffer[at] & 0xff;
  }

  /** Takes all space there is, and returns the next byte; negative at the end. */
  int nextAfterSpace() throws IOException {
    while (at < end || fill()) {
      while (at < end) {
        byte b = buffer[at++];
        if (b == '\n') {
          endLine();
        } else if (b != ' ' && (b < '\t' || b > '\r')) {
          return b & 0xff;
        }
      }
    }
    return -1;
  }

  /**
   * Takes the rest of a word.
   *
   * @param word whose first bytes there are; gets the others in lower case, as far as it goes
   * @return how many bytes of it are there then
   */
  int restOfWord(byte[] word, int length) throws IOException {
    int known = length;
    while (at < end || fill()) {
      while (at < end) {
        byte b = buffer[at];
        if (!IN_A_WORD[b & 0xff]) {
          return known;
        }
        at++;
        if (known < word.length) {
          word[known++] = b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
        }
      }
    }
    return known;
  }

  /** Takes all before the next of two bytes, and returns that one; negative at the end. */
  int nextOf(int one, int other) throws IOException {
    byte first = (byte) one;
    byte second = (byte) other;
    while (at < end || fill()) {
      while (at < end) {
        byte b = buffer[at++];
        if (b == '\n') {
          endLine();
        }
        if (b == first || b == second) {
          return b & 0xff;
        }
      }
    }
    return -1;
  }

  private void endLine() throws IOException {
    line++;
    while (dataBlocks > 0) {
      dataBlocks--;
      skipData();
    }
  }

  private void skipData() throws IOException {
    while (peek() >= 0) {
      if (buffer[at] == '\\' && isEndOfData()) {
        return;
      }
      skipDataLine();
    }
  }

  /** A backslash, a dot, the end of the line. Takes what it looked at where it is none. */
  private boolean isEndOfData() throws IOException {
    at++;
    if (peek() != '.') {
      judgeEscaped();
      return false;
    }
    at++;
    boolean carriageReturn = peek() == '\r';
    if (carriageReturn) {
      at++;
    }
    if (peek() == '\n' || peek() < 0) {
      at += peek() < 0 ? 0 : 1;
      line++;
      return true;
    }
    findings.add(SqlFindings.Kind.COMMAND, line, "\\. before the end of a line of data");
    return false;
  }

  /** Were the table missing, psql would take this data for SQL, and obey a command in it. */
  private void judgeEscaped() throws IOException {
    int escaped = peek();
    if (escaped >= 0 && !ESCAPED_IN_DATA[escaped]) {
      findings.add(SqlFindings.Kind.COMMAND, line, "\\" + (char) escaped + " in data");
    }
    if (escaped == '\\') {
      at++;
    }
  }

  private void skipDataLine() throws IOException {
    while (at < end || fill()) {
      while (at < end) {
        byte b = buffer[at++];
        if (b == '\n') {
          line++;
          return;
        }
        if (b == '\\') {
          judgeEscaped();
        }
      }
    }
  }

  private boolean fill() throws IOException {
    int got = in.read(buffer, 0, buffer.length);
    at = 0;
    end = Math.max(got, 0);
    return got > 0;
  }
}
