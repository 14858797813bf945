package dev.drillbook.verification;

import dev.drillbook.plan.ComponentSpec.Erasure;
import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.KeptRows;
import dev.drillbook.snapshot.TableImage;
import dev.drillbook.timeline.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whoever asked to be forgotten is: no row that the plan names under {@code erasures} is in the
 * database. A backup from before the request brings such rows back, so a restore has to erase them
 * anew.
 */
public final class Erased implements Check {

  public static Check erased() {
    return new Erased();
  }

  @Override
  public String name() {
    return "erased";
  }

  @Override
  public Examined examine(Evidence evidence) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    int count = 0;
    int inBackup = 0;
    for (Evidence.Database database : evidence.databases()) {
      try (Connection connection = database.server().connect()) {
        seeEveryRow(connection);
        for (Erasure erasure : database.spec().erasures()) {
          count++;
          inBackup +=
              database.checkpoint().filter(image -> held(image, erasure)).isPresent() ? 1 : 0;
          long back = rows(connection, erasure);
          if (back > 0) {
            findings.add(
                Finding.fail(
                    name(),
                    "no row of %s.%s where %s"
                        .formatted(database.spec().name(), erasure.table(), shown(erasure)),
                    back + (back == 1 ? " row is" : " rows are") + " there",
                    "the backup is older than the request: erase anew after every restore"));
          }
        }
      }
    }
    return new Examined(
        count + " erasures, of which the backup is known to have held " + inBackup,
        count,
        findings);
  }

  /** Whether rows are known to have been there, as far as the checkpoint kept them. */
  private static boolean held(DatabaseImage checkpoint, Erasure erasure) {
    Optional<KeptRows> kept =
        Optional.ofNullable(checkpoint.tables().get(erasure.table())).flatMap(TableImage::kept);
    return kept.isPresent()
        && kept.get().columns().containsAll(erasure.where().keySet())
        && kept.get().rows().values().stream()
            .flatMap(List::stream)
            .anyMatch(row -> isMeant(kept.get().columns(), row, erasure));
  }

  private static boolean isMeant(List<String> columns, List<String> row, Erasure erasure) {
    return erasure.where().entrySet().stream()
        .allMatch(column -> column.getValue().equals(row.get(columns.indexOf(column.getKey()))));
  }

  /** Of rows that a policy hides, neither presence nor absence is known: better an error. */
  private static void seeEveryRow(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set row_security = off");
    }
  }

  private static long rows(Connection connection, Erasure erasure) throws SQLException {
    List<String> columns = List.copyOf(erasure.where().keySet());
    String where =
        columns.stream()
            .map(column -> Sql.quoted(column) + "::text = ?")
            .collect(Collectors.joining(" and "));
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select count(*) from " + Sql.table(erasure.table()) + " where " + where)) {
      for (int i = 0; i < columns.size(); i++) {
        statement.setString(i + 1, erasure.where().get(columns.get(i)));
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** The columns alone: a report must not remember whom the system has to forget. */
  private static String shown(Erasure erasure) {
    return erasure.where().entrySet().stream()
        .map(Map.Entry::getKey)
        .sorted()
        .map(column -> column + " is as the plan says")
        .collect(Collectors.joining(" and "));
  }
}
