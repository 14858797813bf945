package dev.drillbook.plan;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills variables into a text as Compose documents it: {@code $NAME}, {@code ${NAME}} and that with
 * {@code :-default}, {@code -default}, {@code :?message}, {@code ?message}, {@code :+replacement}
 * or {@code +replacement}, each of which may hold variables of its own, and {@code $$} for a
 * dollar. A dollar before anything else stays.
 *
 * @param variables what a name stands for; empty where it is not set
 * @param home where else a missing variable may be set, for a hint
 */
record Interpolation(Function<String, Optional<Expanded>> variables, String home) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern OPERATOR = Pattern.compile(":?[-?+]");

  /**
   * The text with its variables filled in.
   *
   * @throws BadValue if a required variable is missing, or braces are not as they have to be
   */
  Expanded expand(String template) throws BadValue {
    Output out = new Output();
    int at = 0;
    while (at < template.length()) {
      int dollar = template.indexOf('$', at);
      if (dollar < 0) {
        break;
      }
      out.text.append(template, at, dollar);
      at = dollar + 1;
      if (template.startsWith("$", at)) {
        out.text.append('$');
        at++;
      } else if (template.startsWith("{", at)) {
        int end = closingBrace(template, at);
        fillIn(template.substring(at + 1, end), out);
        at = end + 1;
      } else {
        Matcher name = NAME.matcher(template).region(at, template.length());
        if (name.lookingAt()) {
          value(name.group(), out);
          at = name.end();
        } else {
          out.text.append('$');
        }
      }
    }
    return out.append(template.substring(at)).done();
  }

  private static int closingBrace(String template, int opening) throws BadValue {
    int open = 0;
    for (int i = opening; i < template.length(); i++) {
      if (template.charAt(i) == '{') {
        open++;
      } else if (template.charAt(i) == '}' && --open == 0) {
        return i;
      }
    }
    throw new BadValue(
        "with a ${ that is not closed", "close it with }, or write $$ for a dollar that is meant");
  }

  /**
   * @param inside what stands between the braces
   */
  private void fillIn(String inside, Output out) throws BadValue {
    Matcher name = NAME.matcher(inside);
    if (!name.lookingAt()) {
      throw malformed(inside);
    }
    if (name.end() == inside.length()) {
      value(inside, out);
      return;
    }
    Matcher operator = OPERATOR.matcher(inside).region(name.end(), inside.length());
    if (!operator.lookingAt()) {
      throw malformed(inside);
    }
    String rest = inside.substring(operator.end());
    boolean orEmpty = operator.group().startsWith(":");
    Optional<Expanded> found = variables.apply(name.group());
    boolean counts = found.filter(value -> !orEmpty || !value.text().isEmpty()).isPresent();
    switch (operator.group().charAt(operator.group().length() - 1)) {
      case '-' -> out.append(counts ? found.get().asValue() : expand(rest));
      case '+' -> out.append(counts ? expand(rest) : Expanded.literal(""));
      default -> {
        if (!counts) {
          throw missing(name.group(), found.isPresent(), rest);
        }
        out.append(found.get().asValue());
      }
    }
  }

  private static BadValue malformed(String inside) {
    return new BadValue(
        "and ${" + inside + "} is no variable",
        "write ${NAME}, ${NAME:-default}, ${NAME:?message} or ${NAME:+replacement}, or $$ for a dollar that is meant");
  }

  private BadValue missing(String name, boolean isEmpty, String message) {
    return new BadValue(
        "and "
            + name
            + (isEmpty ? " is empty" : " is not set")
            + (message.isEmpty() ? "" : " (" + message + ")"),
        "set " + name + " in the environment of the drill, or in " + home);
  }

  private void value(String name, Output out) {
    Optional<Expanded> found = variables.apply(name);
    found.ifPresentOrElse(value -> out.append(value.asValue()), () -> out.unset.add(name));
  }

  private static final class Output {
    final StringBuilder text = new StringBuilder();
    final Set<String> values = new LinkedHashSet<>();
    final Set<String> unset = new LinkedHashSet<>();

    Output append(String literal) {
      text.append(literal);
      return this;
    }

    Output append(Expanded part) {
      text.append(part.text());
      values.addAll(part.values());
      unset.addAll(part.unset());
      return this;
    }

    Expanded done() {
      return new Expanded(text.toString(), values, unset);
    }
  }
}
