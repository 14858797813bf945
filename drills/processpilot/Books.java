package processpilot;

import dev.drillbook.timeline.Finding;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Every process is what its transactions add up to, and every transaction, the seed's too, has the
 * amount that the audit says was booked.
 */
final class Books implements Check {
  private static final String WRONG =
      "select 'process ' || p.ref || ': ' || p.total_amount || ' instead of ' || sum(t.amount)"
          + " from processes p join transactions t on t.process_id = p.id group by p.id"
          + " having p.total_amount <> sum(t.amount)"
          + " union all select 'process ' || ref || ' without any transaction' from processes p"
          + " where not exists (select from transactions t where t.process_id = p.id)"
          + " union all select 'transaction ' || coalesce(t.ref, a.details ->> 'transaction') || ': '"
          + " || coalesce(t.amount::text, 'none') || ' instead of '"
          + " || coalesce(a.details ->> 'amount', 'none') from transactions t full join"
          + " (select * from audit_events where action = 'transaction.booked') a"
          + " on a.details ->> 'transaction' = t.ref"
          + " where (a.details ->> 'amount')::numeric is distinct from t.amount order by 1";

  static Check books() {
    return new Books();
  }

  @Override
  public String name() {
    return "books";
  }

  @Override
  public Examined examine(Evidence evidence) throws SQLException {
    long transactions = 0;
    List<String> wrong = new ArrayList<>();
    for (Evidence.Database database : evidence.databases()) {
      try (Connection connection = database.server().connect();
          Statement statement = connection.createStatement()) {
        transactions +=
            Long.parseLong(texts(statement, "select count(*) from transactions").get(0));
        wrong.addAll(texts(statement, WRONG));
      }
    }
    List<Finding> findings =
        wrong.isEmpty()
            ? List.of()
            : List.of(
                Finding.fail(
                        name(),
                        "every process and transaction has the amount that was booked",
                        wrong.size() + " have another",
                        "what the damaged state held was taken for the truth: see the restore's steps")
                    .withExamples(wrong));
    return new Examined(transactions + " transactions", transactions, findings);
  }

  private static List<String> texts(Statement statement, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
