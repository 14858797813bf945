package dev.drillbook.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a text into words as a shell does, by blanks and quotes, and does nothing else that a
 * shell does.
 */
final class ShellWords {
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;

  private ShellWords() {}

  /**
   * @throws BadValue if a quote is not closed
   */
  static List<String> of(String text) throws BadValue {
    ShellWords shell = new ShellWords();
    shell.read(text);
    return List.copyOf(shell.words);
  }

  private void read(String text) throws BadValue {
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char here = text.charAt(i);
      boolean last = i + 1 == text.length();
      if (quote == 0 && Character.isWhitespace(here)) {
        endWord();
      } else if (quote == 0 && (here == '\'' || here == '"')) {
        quote = here;
        inWord = true;
      } else if (quote != 0 && here == quote) {
        quote = 0;
      } else if (here == '\\' && !last && escapes(quote, text.charAt(i + 1))) {
        append(text.charAt(++i));
      } else {
        append(here);
      }
    }
    if (quote != 0) {
      throw new BadValue(
          "with a quote that is not closed",
          "write a list, one argument each: [program, argument]");
    }
    endWord();
  }

  private static boolean escapes(char quote, char next) {
    return quote == 0 || (quote == '"' && (next == '"' || next == '\\' || next == '$'));
  }

  private void append(char letter) {
    word.append(letter);
    inWord = true;
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
