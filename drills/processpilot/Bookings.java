package processpilot;

import dev.drillbook.site.Postgres;
import dev.drillbook.workload.Contents;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Workload;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import web.ApiClient;
import web.MadeThenChanged;

/**
 * Clients who open processes with a first booking, and book a second time on every third of them. A
 * process stands in the ledger as {@code status|total|number of transactions}.
 */
public final class Bookings extends MadeThenChanged {
  private static final int BOOK_EVERY = 4;

  private final ApiClient api;
  private final Postgres database;

  private Bookings(Supplier<URI> api, Postgres database, ApiToken token) {
    super("process", BOOK_EVERY);
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
  public Operation insert(String tag) {
    String ref = PREFIX + tag;
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

  @Override
  protected Operation change(Operation opened) {
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

  @Override
  public Optional<String> read(String key, Duration timeout) throws IOException {
    return api.find(
        "/api/processes/" + key,
        timeout,
        process ->
            process.get("status").asText()
                + "|"
                + process.get("total").asText()
                + "|"
                + process.get("transactions").asLong());
  }

  /** Added up from the bookings: a process whose bookings are not all there does not look whole. */
  @Override
  public void contents(Contents sink) throws SQLException {
    try (Connection connection = database.connect()) {
      sink.rows(
          connection,
          "select p.ref, p.status || '|' || coalesce(sum(t.amount), 0) || '|' || count(t.id)"
              + " || case when p.total_amount = coalesce(sum(t.amount), 0) then ''"
              + " else ' but its total is ' || p.total_amount end"
              + " from processes p left join transactions t on t.process_id = p.id"
              + " where p.ref like 'drill-%' group by p.id order by p.id");
    }
  }
}
