package qrgenerator;

import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.Finding;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Every code of the seed leads where it was printed to lead. It is for recoveries that also keep
 * newer rows, whose tables no fingerprint can be taken of.
 */
record TargetsStand(Postgres database) implements Check {
  private static final int CODES_AT_LEAST = 1_000;

  static Check targetsStand(Postgres database) {
    return new TargetsStand(database);
  }

  @Override
  public String name() {
    return "targets";
  }

  @Override
  public Examined examine(Evidence evidence) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*), count(*) filter (where target <>"
                    + " 'https://www.example.org/menu/' || md5('target-' || id)), max(id)"
                    + " from \"QrCode\" where slug like 'seed-%'")) {
      row.next();
      long codes = row.getLong(1);
      long wrong = row.getLong(2);
      long gone = Math.max(CODES_AT_LEAST, row.getLong(3)) - codes;
      if (wrong == 0 && gone == 0) {
        return new Examined(codes + " codes", codes, List.of());
      }
      return new Examined(
          codes + " codes",
          codes,
          List.of(
              Finding.fail(
                  name(),
                  "every code that was printed leads where it led",
                  wrong + " lead elsewhere, " + gone + " are gone",
                  "read the transcript of the reconciliation: whose value did it keep?")));
    }
  }
}
