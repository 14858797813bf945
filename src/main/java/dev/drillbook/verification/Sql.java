package dev.drillbook.verification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Single-column queries, and names. */
final class Sql {
  private static final Pattern PART = Pattern.compile("\"([^\"]*)\"|([^.\"]+)");

  private Sql() {}

  static long number(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  static List<String> texts(Statement statement, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /**
   * A table, named as in a plan: without its schema where that is public, and only a name that
   * holds a dot in quotes.
   */
  static String table(String name) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(name);
    while (matcher.find()) {
      parts.add(quoted(matcher.group(1) == null ? matcher.group(2) : matcher.group(1)));
    }
    return parts.size() == 1 ? "public." + parts.get(0) : String.join(".", parts);
  }
}
