package dev.drillbook.site.embedded.standin.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server answers.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">RESP</a>
 */
sealed interface Reply {

  /**
   * A string or a number.
   *
   * @param bytes a character a byte: it may be no text at all
   */
  record Text(String bytes) implements Reply {}

  /**
   * An error.
   *
   * @param bytes as of {@link Text}
   */
  record Failure(String bytes) implements Reply {
    String message() {
      return new String(bytes.getBytes(ISO_8859_1), UTF_8);
    }
  }

  /** No such key. */
  record Nothing() implements Reply {}

  record Several(List<Reply> replies) implements Reply {
    public Several {
      replies = List.copyOf(replies);
    }
  }

  /** Reads one, of version 2 of the protocol. */
  static Reply read(DataInputStream from) throws IOException {
    int kind = from.readByte();
    String line = line(from);
    return switch (kind) {
      case '+', ':' -> new Text(line);
      case '-' -> new Failure(line);
      case '$' -> bulk(from, number(line));
      case '*' -> several(from, number(line));
      default ->
          throw new IOException("Protocol error, got \"" + (char) kind + "\" as reply type byte");
    };
  }

  /** A line without its end. */
  static String line(DataInputStream from) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = from.read(); next != '\r'; next = from.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      line.write(next);
    }
    from.readByte();
    return line.toString(ISO_8859_1);
  }

  private static int number(String line) throws IOException {
    try {
      return Integer.parseInt(line);
    } catch (NumberFormatException e) {
      throw new IOException("Protocol error, bad length: " + line, e);
    }
  }

  private static Reply bulk(DataInputStream from, int length) throws IOException {
    if (length < 0) {
      return new Nothing();
    }
    byte[] bytes = from.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    from.skipNBytes(2);
    return new Text(new String(bytes, ISO_8859_1));
  }

  private static Reply several(DataInputStream from, int count) throws IOException {
    if (count < 0) {
      return new Nothing();
    }
    List<Reply> replies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      replies.add(read(from));
    }
    return new Several(replies);
  }

  /** As redis-cli prints it where its output is no terminal, but for the end of its last line. */
  default byte[] raw() {
    StringBuilder out = new StringBuilder();
    appendTo(out);
    return out.toString().getBytes(ISO_8859_1);
  }

  private void appendTo(StringBuilder out) {
    if (this instanceof Text text) {
      out.append(text.bytes);
    } else if (this instanceof Failure failure) {
      out.append(failure.bytes).append('\n');
    } else if (this instanceof Several several) {
      for (int i = 0; i < several.replies.size(); i++) {
        if (i > 0) {
          out.append('\n');
        }
        several.replies.get(i).appendTo(out);
      }
    }
  }
}
