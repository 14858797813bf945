package dev.drillbook.verification;

import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.Finding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A query of the team's, which finds what is wrong: it must return no row.
 *
 * @param id what the team calls it
 */
public record TeamAssertion(Postgres database, String id, String query) implements Check {

  @Override
  public String name() {
    return "assertion " + id;
  }

  @Override
  public Examined examine(Evidence evidence) throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false); // Or the driver fetches all rows at once.
      try (Statement statement = connection.createStatement()) {
        statement.execute("set local row_security = off");
        statement.setFetchSize(Finding.MAX_EXAMPLES);
        try (ResultSet rows = statement.executeQuery(query)) {
          return new Examined("what a query of the team's finds wrong", 1, findings(rows));
        }
      }
    }
  }

  private List<Finding> findings(ResultSet rows) throws SQLException {
    List<String> examples = new ArrayList<>();
    long count = 0;
    while (rows.next()) {
      if (count++ < Finding.MAX_EXAMPLES) {
        examples.add(row(rows));
      }
    }
    return count == 0
        ? List.of()
        : List.of(
            Finding.fail(
                    name(),
                    "the query returns no row",
                    count + (count == 1 ? " row" : " rows"),
                    "these rows are what the team's query calls wrong: is it so in production too?")
                .withExamples(examples));
  }

  private static String row(ResultSet rows) throws SQLException {
    List<String> values = new ArrayList<>();
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      values.add(rows.getMetaData().getColumnLabel(i) + "=" + rows.getString(i));
    }
    return String.join(", ", values);
  }
}
