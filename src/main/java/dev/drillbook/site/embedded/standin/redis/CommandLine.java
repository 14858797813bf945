package dev.drillbook.site.embedded.standin.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits a line of a script of Redis commands as redis-cli does. */
final class CommandLine {
  private final String line;
  private int at;

  private CommandLine(String line) {
    this.line = line;
  }

  /** The words of a line; nothing where a quote is not closed, or text follows one. */
  static Optional<List<byte[]>> split(byte[] line) {
    return new CommandLine(new String(line, ISO_8859_1)).words();
  }

  private Optional<List<byte[]>> words() {
    List<byte[]> words = new ArrayList<>();
    while (true) {
      while (at < line.length() && isSpace(line.charAt(at))) {
        at++;
      }
      if (at == line.length()) {
        return Optional.of(words);
      }
      Optional<byte[]> word = word();
      if (word.isEmpty()) {
        return Optional.empty();
      }
      words.add(word.get());
    }
  }

  private static boolean isSpace(char each) {
    return " \n\r\t\f\u000b\0".indexOf(each) >= 0;
  }

  /** A quote may begin in the middle of a word, and must end it. */
  private Optional<byte[]> word() {
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    while (at < line.length() && !isSpace(line.charAt(at))) {
      char next = line.charAt(at++);
      if (next == '"' || next == '\'') {
        boolean closed = next == '"' ? doubleQuoted(word) : singleQuoted(word);
        return closed && (at == line.length() || isSpace(line.charAt(at)))
            ? Optional.of(word.toByteArray())
            : Optional.empty();
      }
      word.write(next);
    }
    return Optional.of(word.toByteArray());
  }

  private boolean singleQuoted(ByteArrayOutputStream word) {
    while (at < line.length()) {
      char next = line.charAt(at++);
      if (next == '\'') {
        return true;
      }
      if (next == '\\' && line.startsWith("'", at)) {
        next = line.charAt(at++);
      }
      word.write(next);
    }
    return false;
  }

  private boolean doubleQuoted(ByteArrayOutputStream word) {
    while (at < line.length()) {
      char next = line.charAt(at++);
      if (next == '"') {
        return true;
      }
      word.write(next == '\\' && at < line.length() ? escaped() : next);
    }
    return false;
  }

  private int escaped() {
    char next = line.charAt(at++);
    if (next == 'x'
        && at + 2 <= line.length()
        && line.substring(at, at + 2).matches("[0-9a-fA-F]{2}")) {
      at += 2;
      return Integer.parseInt(line.substring(at - 2, at), 16);
    }
    return switch (next) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'a' -> 7;
      default -> next;
    };
  }
}
