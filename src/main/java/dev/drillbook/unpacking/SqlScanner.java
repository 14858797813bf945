package dev.drillbook.unpacking;

import dev.drillbook.unpacking.SqlFindings.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Splits a script into what matters of it: words, quoted texts, commands for psql, and where
 * statements end. The rules are those of psqlscan.l.
 */
final class SqlScanner {
  private static final int MAX_WORD_BYTES = 64;

  private final SqlBytes in;
  private final SqlFindings findings;
  private final SqlStatement statement;
  private final MetaCommand command;
  private final byte[] word = new byte[MAX_WORD_BYTES];

  /** Whether a string with escapes has just ended, and nothing but space came after it. */
  private boolean afterEscapes;

  SqlScanner(SqlBytes in, SqlFindings findings) {
    this.in = in;
    this.findings = findings;
    this.statement = new SqlStatement(in, findings);
    this.command = new MetaCommand(in, findings);
  }

  void scan() throws IOException {
    for (int c; (c = in.nextAfterSpace()) >= 0; ) {
      boolean goesOn = afterEscapes && c == '\'';
      if (goesOn) {
        add(Kind.READING, "a string with escapes that another one follows");
      }
      afterEscapes = afterEscapes && c == '-';
      token(c);
    }
  }

  private void token(int c) throws IOException {
    if (isWordStart(c)) {
      word(c);
      return;
    }
    switch (c) {
      case '-' -> lineComment();
      case '/' -> blockComment();
      case '\'' -> string(!statement.standardStrings());
      case '"' -> quotedName();
      case '$' -> dollarQuoted();
      case '\\' -> command.judge();
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> statement.symbol(c);
    }
  }

  private static boolean isWordStart(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private void word(int first) throws IOException {
    word[0] = (byte) lower(first);
    int length = in.restOfWord(word, 1);
    if (length == 1 && word[0] == 'e' && in.peek() == '\'') {
      in.next();
      string(true);
    } else if (statement.wants(word[0])) {
      statement.word(new String(word, 0, length, StandardCharsets.ISO_8859_1));
    } else {
      statement.otherWord();
    }
  }

  private static int lower(int c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  }

  /** Versions of psql disagree on what {@code 1e'} begins. */
  private void number() throws IOException {
    int last = '0';
    for (int c = in.peek(); isDigit(c) || c == '.' || c == 'e' || c == 'E'; c = in.peek()) {
      last = in.next();
    }
    if (lower(last) == 'e' && in.peek() == '\'') {
      add(Kind.READING, "a number that runs into a string");
    }
    statement.other();
  }

  /** A carriage return ends a comment for psql, too. */
  private void lineComment() throws IOException {
    if (in.peek() == '-') {
      in.nextOf('\n', '\r');
    } else {
      afterEscapes = false;
      statement.symbol('-');
    }
  }

  private void blockComment() throws IOException {
    if (in.peek() != '*') {
      statement.symbol('/');
      return;
    }
    in.next();
    for (int depth = 1; depth > 0; ) {
      int c = in.nextOf('*', '/');
      if (c < 0) {
        return;
      }
      if (c == '*' && in.peek() == '/') {
        in.next();
        depth--;
      } else if (c == '/' && in.peek() == '*') {
        in.next();
        depth++;
      }
    }
  }

  private void string(boolean escapes) throws IOException {
    if (statement.wantsText()) {
      shortString(escapes);
      return;
    }
    boolean ends = false;
    while (!ends) {
      int c = escapes ? in.nextOf('\'', '\\') : in.nextOf('\'', '\'');
      ends = c < 0 || ends(c, '\'');
      escaped(c);
    }
    afterEscapes = escapes;
    statement.text("");
  }

  /** The same, and what is in it. */
  private void shortString(boolean escapes) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c; (c = in.next()) >= 0 && !ends(c, '\''); ) {
      if (text.length() < MAX_WORD_BYTES) {
        text.append((char) lower(c));
      }
      if (escapes) {
        escaped(c);
      }
    }
    afterEscapes = escapes;
    statement.text(text.toString());
  }

  private void escaped(int c) throws IOException {
    if (c == '\\') {
      if (in.peek() == '\'') {
        add(Kind.READING, "a quote after a backslash, which pg_dump does not write");
      }
      in.next();
    }
  }

  /** Whether that is the closing quote; a doubled one is none, and is taken whole. */
  private boolean ends(int c, int quote) throws IOException {
    if (c != quote) {
      return false;
    }
    if (in.peek() == quote) {
      in.next();
      return false;
    }
    return true;
  }

  private void quotedName() throws IOException {
    StringBuilder name = new StringBuilder();
    for (int c; (c = in.next()) >= 0 && !ends(c, '"'); ) {
      if (name.length() < MAX_WORD_BYTES) {
        name.append((char) c);
      }
    }
    statement.quotedName(name.toString());
  }

  private void dollarQuoted() throws IOException {
    StringBuilder tag = new StringBuilder("$");
    int c = in.peek();
    while (isWordStart(c) || (tag.length() > 1 && isDigit(c))) {
      tag.append((char) in.next());
      c = in.peek();
    }
    if (c != '$') {
      statement.other();
      return;
    }
    in.next();
    toTag(tag.append('$').toString());
    statement.text("");
  }

  /** A tag holds no dollar but at both ends, so one that fails to match can only begin the next. */
  private void toTag(String tag) throws IOException {
    int matched = 0;
    while (matched < tag.length()) {
      int c = matched == 0 ? in.nextOf('$', '$') : in.next();
      if (c < 0) {
        return;
      }
      if (c == tag.charAt(matched)) {
        matched++;
      } else {
        matched = c == '$' ? 1 : 0;
      }
    }
  }

  private void add(Kind kind, String what) {
    findings.add(kind, in.line(), what);
  }
}
