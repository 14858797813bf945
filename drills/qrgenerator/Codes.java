package qrgenerator;

import dev.drillbook.site.Postgres;
import dev.drillbook.workload.Contents;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Workload;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * A customer who makes codes, and passers-by who scan every third of them, once. A code stands in
 * the ledger as {@code target|number of scans}.
 */
public final class Codes implements Workload {
  private static final int SCAN_EVERY = 3;
  private static final String SLUG_PREFIX = "drill-";

  private final QrClient client;
  private final Postgres database;
  private final Queue<Operation> scannable = new ConcurrentLinkedQueue<>();

  private Codes(QrClient client, Postgres database) {
    this.client = client;
    this.database = database;
  }

  /**
   * Codes through {@code address}, which are looked up in {@code database} when all is over.
   *
   * @param vault where the customer's key is
   */
  public static Workload codes(Supplier<URI> address, Vault vault, Postgres database) {
    return new Codes(new QrClient(address, vault::customerKey), database);
  }

  @Override
  public String name() {
    return "codes and scans";
  }

  @Override
  public Operation next(long sequence) {
    Operation made = sequence % SCAN_EVERY == SCAN_EVERY - 1 ? scannable.poll() : null;
    return made == null ? insert("code-" + sequence) : scan(made);
  }

  @Override
  public Operation insert(String tag) {
    String slug = SLUG_PREFIX + tag;
    String target = "https://www.example.org/drill/" + Integer.toHexString(slug.hashCode());
    return new Operation(
        Operation.Kind.INSERT,
        slug,
        target + "|0",
        timeout -> client.create(slug, target, timeout));
  }

  private Operation scan(Operation made) {
    return new Operation(
        Operation.Kind.UPDATE,
        made.key(),
        made.value().replace("|0", "|1"),
        timeout -> client.scan(made.key(), timeout));
  }

  /** Only codes of the schedule are scanned: a probe must find its own as it made it. */
  @Override
  public void acknowledged(Operation operation) {
    if (operation.kind() == Operation.Kind.INSERT
        && operation.key().startsWith(SLUG_PREFIX + "code-")) {
      scannable.add(operation);
    }
  }

  @Override
  public Optional<String> read(String key, Duration timeout) throws Exception {
    return client.find(key, timeout);
  }

  @Override
  public void contents(Contents sink) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      // PostgreSQL's driver only fetches in portions within a transaction.
      connection.setAutoCommit(false);
      statement.setFetchSize(1_000);
      try (ResultSet codes =
          statement.executeQuery(
              "select c.slug, c.target || '|' || count(s.id) from \"QrCode\" c"
                  + " left join \"QrCodeScan\" s on s.\"qrCodeId\" = c.id"
                  + " where c.slug like 'drill-%' group by c.id order by c.id")) {
        while (codes.next()) {
          sink.row(codes.getString(1), codes.getString(2));
        }
      }
    }
  }
}
