package processpilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drillbook.site.Postgres;
import dev.drillbook.workload.Contents;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Workload;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import web.ApiClient;

/**
 * Clients who open processes with a first booking, and book a second time on every third of them. A
 * process stands in the ledger as {@code status|total|number of transactions}.
 */
public final class Bookings implements Workload {
  private static final int BOOK_EVERY = 4;
  private static final String REF_PREFIX = "drill-";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ApiClient api;
  private final Postgres database;
  private final Queue<Operation> bookable = new ConcurrentLinkedQueue<>();

  private Bookings(Supplier<URI> api, Postgres database, ApiToken token) {
    this.api = new ApiClient(api, () -> Map.of("Authorization", "Bearer " + token.current()));
    this.database = database;
  }

  /**
   * Bookings through {@code api} with the token of the moment, which are looked up in {@code
   * database} when all is over.
   */
  public static Workload bookings(Supplier<URI> api, Postgres database, ApiToken token) {
    return new Bookings(api, database, token);
  }

  @Override
  public String name() {
    return "bookings";
  }

  @Override
  public Operation next(long sequence) {
    Operation opened = sequence % BOOK_EVERY == BOOK_EVERY - 1 ? bookable.poll() : null;
    return opened == null ? insert("process-" + sequence) : book(opened);
  }

  @Override
  public Operation insert(String tag) {
    String ref = REF_PREFIX + tag;
    BigDecimal amount = amount();
    String body =
        "{\"ref\":\"%s\",\"title\":\"Drill\",\"transaction\":\"%s\",\"amount\":\"%s\"}"
            .formatted(ref, ref + ":1", amount);
    return new Operation(
        Operation.Kind.INSERT,
        ref,
        "open|" + amount + "|1",
        timeout -> api.write("POST", "/api/processes", body, 201, timeout));
  }

  private Operation book(Operation opened) {
    BigDecimal amount = amount();
    BigDecimal total = new BigDecimal(opened.value().split("\\|", -1)[1]).add(amount);
    String body =
        "{\"transaction\":\"%s\",\"amount\":\"%s\"}".formatted(opened.key() + ":2", amount);
    return new Operation(
        Operation.Kind.UPDATE,
        opened.key(),
        "open|" + total + "|2",
        timeout ->
            api.write(
                "POST", "/api/processes/" + opened.key() + "/transactions", body, 200, timeout));
  }

  private static BigDecimal amount() {
    return BigDecimal.valueOf(ThreadLocalRandom.current().nextLong(1, 1_000_000), 2);
  }

  /** Only processes of the schedule get a second booking: a probe must read back what it wrote. */
  @Override
  public void acknowledged(Operation operation) {
    if (operation.kind() == Operation.Kind.INSERT
        && operation.key().startsWith(REF_PREFIX + "process-")) {
      bookable.add(operation);
    }
  }

  @Override
  public Optional<String> read(String key, Duration timeout) throws IOException {
    HttpResponse<String> answer = api.get("/api/processes/" + key, timeout);
    if (answer.statusCode() == 404) {
      return Optional.empty();
    }
    if (answer.statusCode() != 200) {
      throw new IOException("status " + answer.statusCode() + ": " + answer.body());
    }
    JsonNode process = JSON.readTree(answer.body());
    return Optional.of(
        process.get("status").asText()
            + "|"
            + process.get("total").asText()
            + "|"
            + process.get("transactions").asLong());
  }

  /** Added up from the bookings: a process whose bookings are not all there does not look whole. */
  @Override
  public void contents(Contents sink) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      // PostgreSQL's driver only fetches in portions within a transaction.
      connection.setAutoCommit(false);
      statement.setFetchSize(1_000);
      try (ResultSet processes =
          statement.executeQuery(
              "select p.ref, p.status || '|' || coalesce(sum(t.amount), 0) || '|' || count(t.id)"
                  + " || case when p.total_amount = coalesce(sum(t.amount), 0) then ''"
                  + " else ' but its total is ' || p.total_amount end"
                  + " from processes p left join transactions t on t.process_id = p.id"
                  + " where p.ref like 'drill-%' group by p.id order by p.id")) {
        while (processes.next()) {
          sink.row(processes.getString(1), processes.getString(2));
        }
      }
    }
  }
}
