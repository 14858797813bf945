package dev.drillbook.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a file of variables as Compose documents it: {@code NAME=value} on each line. A value in
 * single quotes is taken as it stands; any other has its variables filled in. Quoted ones may reach
 * over lines.
 */
final class DotEnv {
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\\s*[=:][ \\t]*(.*)", Pattern.DOTALL);

  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");

  private final Path file;
  private final Problems problems;
  private final Interpolation interpolation;
  private final Map<String, Expanded> read = new LinkedHashMap<>();

  private DotEnv(Path file, Function<String, Optional<Expanded>> outside, Problems problems) {
    this.file = file;
    this.problems = problems.in(file);
    this.interpolation =
        new Interpolation(
            name -> outside.apply(name).or(() -> Optional.ofNullable(read.get(name))),
            file.getFileName() + ", above");
  }

  /**
   * The variables of a file that is there; what cannot be read is a problem.
   *
   * @param outside what its own variables are looked for in first
   */
  static Map<String, Expanded> read(
      Path file, Function<String, Optional<Expanded>> outside, Problems problems) {
    DotEnv dotEnv = new DotEnv(file, outside, problems);
    dotEnv.read();
    return dotEnv.read;
  }

  private void read() {
    String[] lines;
    try {
      lines = Files.readString(file).split("\\R", -1);
    } catch (IOException e) {
      problems.add(1, "it cannot be read: " + e, "is it UTF-8 text that you may read?");
      return;
    }
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int first = i + 1;
      // A line that makes no sense may be the rest of a secret: none is shown.
      Matcher assignment = ASSIGNMENT.matcher(line);
      if (!assignment.matches()) {
        problems.add(first, "this line sets no variable", "write NAME=value");
        continue;
      }
      String value = assignment.group(2);
      if (value.startsWith("'") || value.startsWith("\"")) {
        while (closingQuote(value) < 0 && i + 1 < lines.length) {
          value += "\n" + lines[++i];
        }
      }
      set(assignment.group(1), value, first);
    }
  }

  private void set(String name, String value, int line) {
    try {
      read.put(name, value(value).asValue());
    } catch (BadValue e) {
      problems.add(line, "the value of " + name + " cannot be read: " + e.getMessage(), e.hint());
    }
  }

  private Expanded value(String value) throws BadValue {
    if (!value.startsWith("'") && !value.startsWith("\"")) {
      return interpolation.expand(COMMENT.matcher(value).replaceFirst("").strip());
    }
    int end = closingQuote(value);
    if (end < 0) {
      throw new BadValue("a quote is not closed", "close it, or write \\ before it");
    }
    String rest = value.substring(end + 1).strip();
    if (!rest.isEmpty() && !rest.startsWith("#")) {
      throw new BadValue(
          "something follows its closing quote", "quote all of it, or write # before a comment");
    }
    String quoted = value.substring(1, end);
    return value.startsWith("'")
        ? Expanded.literal(quoted.replace("\\'", "'"))
        : interpolation.expand(unescaped(quoted));
  }

  /** Where the quote that begins a value is closed; negative where it is not. */
  private static int closingQuote(String value) {
    char quote = value.charAt(0);
    for (int i = 1; i < value.length(); i++) {
      if (value.charAt(i) == '\\') {
        i++;
      } else if (value.charAt(i) == quote) {
        return i;
      }
    }
    return -1;
  }

  private static String unescaped(String quoted) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < quoted.length(); i++) {
      char here = quoted.charAt(i);
      if (here != '\\' || i + 1 == quoted.length()) {
        text.append(here);
        continue;
      }
      char escaped = quoted.charAt(++i);
      switch (escaped) {
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case '"', '\\' -> text.append(escaped);
        case '$' -> text.append("$$");
        default -> text.append(here).append(escaped);
      }
    }
    return text.toString();
  }
}
