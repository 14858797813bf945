package dev.drillbook.verification;

import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.DurationText;
import dev.drillbook.timeline.Finding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest time in each of the columns that the plan names is no older than {@code atMost} before
 * the backup was taken. A backup that is taken punctually of a copy that nobody writes to any more
 * is perfect in all else.
 *
 * @param columns by table
 * @param takenAt when the backup was taken
 */
public record Freshness(
    Postgres database, Map<String, String> columns, Instant takenAt, Duration atMost)
    implements Check {

  /** How far clocks may differ before a time is one of the future. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  @Override
  public String name() {
    return "freshness";
  }

  @Override
  public Examined examine(Evidence evidence) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set row_security = off");
      for (Map.Entry<String, String> column : columns.entrySet()) {
        String what = column.getKey() + "." + column.getValue();
        Optional<Instant> newest = newest(statement, column.getKey(), column.getValue());
        judge(what, newest).ifPresent(findings::add);
      }
    }
    return new Examined(columns.size() + " columns of times", columns.size(), findings);
  }

  private static Optional<Instant> newest(Statement statement, String table, String column)
      throws SQLException {
    // Without a zone a time is taken for UTC, which the server's setting says.
    String query =
        "select max(%s)::timestamptz from %s".formatted(Sql.quoted(column), Sql.table(table));
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
          .map(OffsetDateTime::toInstant);
    }
  }

  private Optional<Finding> judge(String column, Optional<Instant> newest) {
    String expected =
        "the newest "
            + column
            + " is at most "
            + DurationText.of(atMost)
            + " older than the backup";
    if (newest.isEmpty()) {
      return Optional.of(
          Finding.fail(
              name(),
              expected,
              "it holds no time at all",
              "is the table empty, or never written?"));
    }
    Duration age = Duration.between(newest.get(), takenAt);
    if (age.compareTo(atMost) > 0) {
      return Optional.of(
          Finding.fail(
              name(),
              expected,
              "it is of %s, %s before".formatted(newest.get(), DurationText.of(age)),
              "is the backup taken of the server that is written to, and not of a replica that stands still?"));
    }
    return age.plus(AHEAD).isNegative()
        ? Optional.of(
            Finding.fail(
                name(),
                "no time in " + column + " is later than the backup",
                "the newest is of %s, the backup of %s".formatted(newest.get(), takenAt),
                "is the time in the backup's name in the plan's timeZone? do rows bear times of the future?"))
        : Optional.empty();
  }
}
