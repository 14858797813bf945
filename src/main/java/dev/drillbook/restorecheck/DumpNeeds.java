package dev.drillbook.restorecheck;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a dump takes for granted, as pg_dump writes it, a statement a line: roles that own things or
 * may use them, and extensions.
 */
record DumpNeeds(Set<String> roles, Set<String> extensions) {
  private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[a-z_][a-z0-9_$]*)";
  private static final Pattern OWNER = Pattern.compile(" OWNER TO " + NAME + ";$");
  private static final Pattern PRIVILEGE =
      Pattern.compile("^(?:GRANT .* TO|REVOKE .* FROM) " + NAME + "(?: WITH GRANT OPTION)?;$");
  private static final Pattern DEFAULTS =
      Pattern.compile("^ALTER DEFAULT PRIVILEGES FOR ROLE " + NAME + " ");
  private static final Pattern EXTENSION =
      Pattern.compile("^CREATE EXTENSION (?:IF NOT EXISTS )?" + NAME);
  private static final Pattern COPY = Pattern.compile("^COPY .* FROM stdin;$");
  private static final Set<String> EVERYBODY = Set.of("public", "current_user", "session_user");

  /** Bytes as they are: names in a dump's own encoding are compared with themselves only. */
  static DumpNeeds of(Path sql) throws IOException {
    DumpNeeds needs = new DumpNeeds(new TreeSet<>(), new TreeSet<>());
    try (BufferedReader lines = Files.newBufferedReader(sql, StandardCharsets.ISO_8859_1)) {
      boolean data = false;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (data) {
          data = !line.equals("\\.");
        } else {
          data = needs.isCopy(line);
        }
      }
    }
    return needs;
  }

  private boolean isCopy(String line) {
    // Most lines of a dump are rows: only those that can be meant are looked at closely.
    if (line.startsWith("COPY ")) {
      return COPY.matcher(line).find();
    }
    if (line.startsWith("ALTER ")) {
      add(OWNER, line, roles);
      add(DEFAULTS, line, roles);
    } else if (line.startsWith("GRANT ") || line.startsWith("REVOKE ")) {
      add(PRIVILEGE, line, roles);
    } else if (line.startsWith("CREATE EXTENSION ")) {
      add(EXTENSION, line, extensions);
    }
    return false;
  }

  private static void add(Pattern pattern, String line, Set<String> to) {
    Matcher matcher = pattern.matcher(line);
    if (matcher.find()) {
      String name = unquoted(matcher.group(1));
      if (!EVERYBODY.contains(name.toLowerCase(Locale.ROOT))) {
        to.add(name);
      }
    }
  }

  static String unquoted(String name) {
    String bytes =
        name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
