package dev.drillbook.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A definition as the server's deparser gives it, in the form that a dump and a restore do not
 * change.
 *
 * <p>One thing does change on the way: a list such as {@code status in ('a', 'b')} on a varchar is
 * first shown as {@code (ARRAY['a'::character varying, …])::text[]}, and after it was parsed again
 * as {@code ARRAY[('a'::character varying)::text, …]}, because the parser hands a cast of an
 * array's constructor on to its elements (transformTypeCast in parse_expr.c). So the first form is
 * written as the second. Everything else is compared as it stands: parentheses, casts and blanks
 * mean something, and inside of literals, among them the bodies of most functions, all is.
 */
final class Definition {

  /** Literals, quoted names, and dollar quotes are one token each; so is any other character. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "E'(?:[^'\\\\]|''|\\\\.)*'|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\""
              + "|(\\$(?:[A-Za-z_][A-Za-z_0-9]*)?\\$).*?\\1|[\\w$]+|::|.",
          Pattern.DOTALL);

  /** The name of a type after a cast, up to the brackets of an array of it. */
  private static final Pattern ARRAY_TYPE =
      Pattern.compile(
          "((?:\"[^\"]+\"|[\\w.])+(?: (?:varying|precision|with time zone|without time zone))*(?:\\([\\d, ]+\\))?"
              + "(?: (?:with|without) time zone)?)\\[\\].*",
          Pattern.DOTALL);

  private final List<String> tokens = new ArrayList<>();

  private Definition(String text) {
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
  }

  /** Whether both define the same. */
  static boolean areSame(String one, String other) {
    return one.equals(other) || stable(one).equals(stable(other));
  }

  static String stable(String text) {
    Definition definition = new Definition(text);
    int from = 0;
    while (from < definition.tokens.size()) {
      from = definition.handOn(from) ? 0 : from + 1;
    }
    return String.join("", definition.tokens);
  }

  /** Rewrites {@code (ARRAY[x, y])::t[]} at {@code start}, if that is what stands there. */
  private boolean handOn(int start) {
    if (!isAt(start, "(") || !isAt(start + 1, "ARRAY") || !isAt(start + 2, "[")) {
      return false;
    }
    int end = closing(start + 2);
    if (end < 0 || !isAt(end + 1, ")") || !isAt(end + 2, "::")) {
      return false;
    }
    Matcher type = ARRAY_TYPE.matcher(String.join("", tokens.subList(end + 3, tokens.size())));
    if (!type.matches()) {
      return false;
    }
    String cast = ")::" + type.group(1);
    List<String> rewritten = new ArrayList<>(List.of("ARRAY", "["));
    for (List<String> element : elements(start + 3, end)) {
      rewritten.add(rewritten.size() == 2 ? "(" : ", (");
      rewritten.addAll(element);
      rewritten.add(cast);
    }
    rewritten.add("]");
    int length = type.group(1).length() + 2;
    int after = end + 3;
    while (length > 0) {
      length -= tokens.get(after++).length();
    }
    tokens.subList(start, after).clear();
    tokens.addAll(start, rewritten);
    return true;
  }

  private boolean isAt(int index, String token) {
    return index < tokens.size() && tokens.get(index).equals(token);
  }

  private static int depth(String token) {
    return switch (token) {
      case "(", "[" -> 1;
      case ")", "]" -> -1;
      default -> 0;
    };
  }

  /** Where the bracket at {@code opening} closes; -1 where it does not. */
  private int closing(int opening) {
    int depth = 0;
    for (int i = opening; i < tokens.size(); i++) {
      depth += depth(tokens.get(i));
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private List<List<String>> elements(int from, int to) {
    List<List<String>> elements = new ArrayList<>();
    List<String> element = new ArrayList<>();
    int depth = 0;
    for (String token : tokens.subList(from, to)) {
      depth += depth(token);
      if (depth == 0 && token.equals(",")) {
        elements.add(element);
        element = new ArrayList<>();
      } else if (!element.isEmpty() || !token.isBlank()) {
        element.add(token);
      }
    }
    elements.add(element);
    return elements;
  }
}
