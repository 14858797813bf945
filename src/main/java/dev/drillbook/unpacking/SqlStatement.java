package dev.drillbook.unpacking;

import dev.drillbook.unpacking.SqlFindings.Kind;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What is remembered of the statement that is being read, and the judgement of it. */
final class SqlStatement {
  private static final Set<String> FILE_FUNCTIONS =
      Set.of(
          "lo_import",
          "lo_export",
          "pg_read_file",
          "pg_read_binary_file",
          "pg_file_write",
          "pg_file_rename",
          "pg_file_unlink");

  /** Statements that only name functions: pg_dump writes them where rights were changed. */
  private static final Set<String> ONLY_NAMING = Set.of("grant", "revoke", "comment", "alter");

  /** Statements of which every word may count. */
  private static final Set<String> WORDS_MATTER = Set.of("copy", "create", "do", "set");

  private static final Set<String> WITH_LANGUAGE = Set.of("create", "do");
  private static final Pattern UNTRUSTED = Pattern.compile("c|internal|pl.+u");

  /** Encodings in which the second byte of a character can be a quote or a backslash. */
  private static final Set<String> AMBIGUOUS_ENCODINGS =
      Set.of(
          "sjis",
          "shiftjis",
          "mskanji",
          "win932",
          "windows932",
          "shiftjis2004",
          "big5",
          "win950",
          "windows950",
          "gbk",
          "win936",
          "windows936",
          "uhc",
          "win949",
          "windows949",
          "gb18030",
          "johab");

  private static final Set<String> ON = Set.of("on", "true", "yes", "1");
  private static final int LEADING_WORDS = 4;

  private final SqlBytes in;
  private final SqlFindings findings;
  private boolean standardStrings = true;

  private int words;
  private boolean wordsMatter;
  private String first = "";
  private String leading = "";
  private String previous = "";
  private String setting = "";
  private int parentheses;
  private int blocks;
  private boolean copyDirectionSeen;
  private boolean copySideExpected;
  private boolean copyIn;
  private boolean dataFollows;

  SqlStatement(SqlBytes in, SqlFindings findings) {
    this.in = in;
    this.findings = findings;
  }

  /** Whether a backslash is a character like others in strings. */
  boolean standardStrings() {
    return standardStrings;
  }

  /** Whether a word that begins so is of interest now. */
  boolean wants(byte start) {
    return words == 0
        || wordsMatter
        || start == 'l'
        || start == 'p'
        || start == 's'
        || start == 'c';
  }

  /** Whether it matters what is in a string. */
  boolean wantsText() {
    return previous.equals("language") || !setting.isEmpty();
  }

  void word(String word) {
    if (words == 0) {
      first = word;
      wordsMatter = WORDS_MATTER.contains(word);
    }
    if (words < LEADING_WORDS && wordsMatter) {
      leading = leading.isEmpty() ? word : leading + " " + word;
    }
    trackBlocks(word);
    if (copySideExpected) {
      copySide(word);
    } else if (first.equals("copy") && parentheses == 0 && !copyDirectionSeen) {
      copyDirectionSeen = words > 0 && (word.equals("from") || word.equals("to"));
      copySideExpected = copyDirectionSeen;
      copyIn = word.equals("from");
    }
    judgeName(word);
    value(word);
    noteSetting(word);
    words++;
    previous = word;
  }

  /** A word that {@link #wants} did not want. */
  void otherWord() {
    words++;
    other();
  }

  void quotedName(String name) {
    judgeName(name);
    value(name.toLowerCase(Locale.ROOT));
    other();
  }

  /** A string, of which only the first bytes count. */
  void text(String text) {
    value(text);
    other();
  }

  void symbol(int c) {
    switch (c) {
      case '(' -> parentheses++;
      case ')' -> parentheses = Math.max(parentheses - 1, 0);
      case ';' -> {
        if (parentheses == 0 && blocks == 0) {
          end();
          return;
        }
      }
      case '=' -> {
        return; // before a setting's value
      }
      default -> {}
    }
    other();
  }

  /** Anything else that is not space. */
  void other() {
    if (copySideExpected) {
      copySide("a file");
    }
    previous = "";
  }

  private void copySide(String side) {
    copySideExpected = false;
    if (side.equals("stdin") || side.equals("stdout")) {
      dataFollows = copyIn;
    } else {
      String direction = copyIn ? "COPY FROM " : "COPY TO ";
      add(Kind.FILE, direction + (side.equals("program") ? "PROGRAM" : "a file"));
    }
  }

  private void judgeName(String name) {
    if (FILE_FUNCTIONS.contains(name) && !ONLY_NAMING.contains(first)) {
      add(Kind.FUNCTION, name);
    }
  }

  private void noteSetting(String word) {
    if (word.equals("standard_conforming_strings")
        || word.equals("client_encoding")
        || (word.equals("names") && first.equals("set"))) {
      if (first.equals("set")) {
        setting = word;
      } else if (!first.equals("alter") || word.equals("standard_conforming_strings")) {
        add(Kind.READING, word + " other than by SET");
      }
    }
  }

  /** What may be a language's name, or a setting's value. */
  private void value(String value) {
    if (previous.equals("language")
        && WITH_LANGUAGE.contains(first)
        && UNTRUSTED.matcher(value).matches()) {
      add(Kind.LANGUAGE, "language " + value);
    }
    if (setting.isEmpty() || value.equals("to")) {
      return;
    }
    if (setting.equals("standard_conforming_strings")) {
      standardStrings = ON.contains(value);
    } else if (AMBIGUOUS_ENCODINGS.contains(value.replaceAll("[^a-z0-9]", ""))) {
      add(Kind.READING, "the encoding " + value);
    }
    setting = "";
  }

  /**
   * Semicolons in the body of a function in plain SQL end nothing: psqlscan.l, the same heuristic.
   */
  private void trackBlocks(String word) {
    if (!first.equals("create") || parentheses > 0) {
      return;
    }
    boolean function =
        leading.startsWith("create function")
            || leading.startsWith("create procedure")
            || leading.startsWith("create or replace function")
            || leading.startsWith("create or replace procedure");
    if (!function) {
      return;
    }
    switch (word) {
      case "begin" -> blocks++;
      case "case" -> blocks += blocks > 0 ? 1 : 0;
      case "end" -> blocks -= blocks > 0 ? 1 : 0;
      default -> {}
    }
  }

  private void end() {
    if (copySideExpected) {
      copySide("a file");
    }
    if (dataFollows) {
      in.dataFollows();
    }
    words = 0;
    first = "";
    leading = "";
    previous = "";
    setting = "";
    parentheses = 0;
    blocks = 0;
    copyDirectionSeen = false;
    copyIn = false;
    dataFollows = false;
  }

  private void add(Kind kind, String what) {
    findings.add(kind, in.line(), what);
  }
}
