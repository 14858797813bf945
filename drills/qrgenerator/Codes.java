package qrgenerator;

import dev.drillbook.site.Postgres;
import dev.drillbook.workload.Contents;
import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Workload;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import web.MadeThenChanged;

/**
 * A customer who makes codes, and passers-by who scan every third of them, once. A code stands in
 * the ledger as {@code target|number of scans}.
 */
public final class Codes extends MadeThenChanged {
  private static final int SCAN_EVERY = 3;

  private final QrClient client;
  private final Postgres database;

  private Codes(QrClient client, Postgres database) {
    super("code", SCAN_EVERY);
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
  public Operation insert(String tag) {
    String slug = PREFIX + tag;
    String target = "https://www.example.org/drill/" + Integer.toHexString(slug.hashCode());
    return new Operation(
        Operation.Kind.INSERT,
        slug,
        target + "|0",
        timeout -> client.create(slug, target, timeout));
  }

  @Override
  protected Operation change(Operation made) {
    return new Operation(
        Operation.Kind.UPDATE,
        made.key(),
        made.value().replace("|0", "|1"),
        timeout -> client.scan(made.key(), timeout));
  }

  @Override
  public Optional<String> read(String key, Duration timeout) throws Exception {
    return client.find(key, timeout);
  }

  @Override
  public void contents(Contents sink) throws SQLException {
    try (Connection connection = database.connect()) {
      sink.rows(
          connection,
          "select c.slug, c.target || '|' || count(s.id) from \"QrCode\" c"
              + " left join \"QrCodeScan\" s on s.\"qrCodeId\" = c.id"
              + " where c.slug like 'drill-%' group by c.id order by c.id");
    }
  }
}
