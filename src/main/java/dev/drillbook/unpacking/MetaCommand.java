package dev.drillbook.unpacking;

import dev.drillbook.unpacking.SqlFindings.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges what psql itself would obey: from a backslash to the end of its line. */
final class MetaCommand {
  private static final int MAX_LINE_BYTES = 2000;
  private static final Set<String> CONNECT = Set.of("\\connect", "\\c");
  private static final Set<String> RESTRICT = Set.of("\\restrict", "\\unrestrict");

  /** {@code pg_dump --restrict-key}: letters and digits. */
  private static final Pattern RESTRICT_KEY = Pattern.compile("[A-Za-z0-9]{1,200}");

  /** A name as it is or in double quotes. */
  private static final Pattern DATABASE =
      Pattern.compile("[^\\s\\\\\"'`:=/]{1,200}|\"(?:[^\"`=/:]|\"\"){1,200}\"");

  /** {@code appendPsqlMetaConnect} in string_utils.c, for a name of more than plain characters. */
  private static final Pattern DATABASE_AS_OPTION =
      Pattern.compile("-reuse-previous=on \"dbname='(?:[^'\\\\\"`]|\\\\['\\\\]|\"\"){1,400}'\"");

  private final SqlBytes in;
  private final SqlFindings findings;

  MetaCommand(SqlBytes in, SqlFindings findings) {
    this.in = in;
    this.findings = findings;
  }

  /** Takes the rest of the line; the backslash has been taken. */
  void judge() throws IOException {
    long line = in.line();
    byte[] bytes = new byte[MAX_LINE_BYTES];
    int length = 0;
    for (int c; (c = in.next()) >= 0 && c != '\n'; ) {
      if (length == MAX_LINE_BYTES) {
        in.nextOf('\n', '\n');
        break;
      }
      bytes[length++] = (byte) c;
    }
    // With bytes as characters, no encoding can hide a quote.
    String text = "\\" + new String(bytes, 0, length, StandardCharsets.ISO_8859_1).stripTrailing();
    if (!isOfPgDump(text)) {
      findings.add(Kind.COMMAND, line, name(text));
    }
  }

  private static boolean isOfPgDump(String text) {
    int blank = text.indexOf(' ');
    if (blank < 0) {
      return false;
    }
    String command = text.substring(0, blank);
    String argument = text.substring(blank + 1).strip();
    if (RESTRICT.contains(command)) {
      return RESTRICT_KEY.matcher(argument).matches();
    }
    return CONNECT.contains(command)
        && (DATABASE.matcher(argument).matches() || DATABASE_AS_OPTION.matcher(argument).matches());
  }

  /** Only the command; its arguments may be anything, a password too. */
  private static String name(String text) {
    int end = 1;
    while (end < text.length() && end < 20 && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return text.substring(0, Math.max(end, Math.min(2, text.length())));
  }
}
