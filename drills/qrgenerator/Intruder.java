package qrgenerator;

import static dev.drillbook.fault.Act.act;

import dev.drillbook.fault.Bite;
import dev.drillbook.fault.Fault;
import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.Finding;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Somebody who has stolen a customer's API key and the service's secrets: makes codes with the key,
 * and leaves a role and an API key behind to come back with.
 */
final class Intruder implements Check {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int CODES = 5;
  private static final String SLUG = "prize-";
  private static final String OWN_KEY = "qr_key-of-nobody-we-know";

  private final Supplier<URI> service;
  private final Postgres database;
  private final Vault vault;

  /** The keys that the customer and the team's monitoring had, as the intruder knows them. */
  private final List<String> stolen = new ArrayList<>();

  Intruder(Supplier<URI> service, Postgres database, Vault vault) {
    this.service = service;
    this.database = database;
    this.vault = vault;
  }

  Fault breaksIn() {
    return act("an intruder with a stolen key", this::attack, this::look);
  }

  private void attack() throws Exception {
    stolen.addAll(List.of(vault.keyOf(2), vault.customerKey()));
    QrClient thief = with(stolen.get(0));
    for (int i = 0; i < CODES; i++) {
      thief.create(SLUG + i, "https://evil.example/" + i, PATIENCE);
    }
    try (Connection admin = database.administer(database.database());
        Statement statement = admin.createStatement()) {
      statement.execute("create role maintenance superuser login password 'come-back'");
      statement.execute(
          "insert into \"ApiKey\" (\"userId\", \"keyHash\") values (1, encode(sha256('pepper-of-the-seed:"
              + OWN_KEY
              + "'), 'hex'))");
    }
  }

  private Bite look() throws IOException {
    boolean in = with(OWN_KEY).status(PATIENCE) == 200;
    return new Bite(in, in ? "the intruder's own key opens the API" : "the intruder is not in");
  }

  private QrClient with(String key) {
    return new QrClient(service, () -> key);
  }

  @Override
  public String name() {
    return "intruder is out";
  }

  /** No key from before opens anything, nor the old password; what was made is not there. */
  @Override
  public Examined examine(Evidence evidence) throws IOException, SQLException {
    List<Finding> findings = new ArrayList<>();
    List<String> keys = new ArrayList<>(stolen);
    keys.add(OWN_KEY);
    for (String key : keys) {
      int status = with(key).status(PATIENCE);
      if (status != 401) {
        findings.add(
            found(
                (key.equals(OWN_KEY) ? "the intruder's own key" : "a key from before the breach")
                    + " is answered with "
                    + status));
      }
    }
    if (database.admitsReplacedPasswords()) {
      findings.add(found("the database still takes a password from before"));
    }
    QrClient customer = with(vault.customerKey());
    for (int i = 0; i < CODES; i++) {
      Optional<String> code = customer.find(SLUG + i, PATIENCE);
      code.ifPresent(there -> findings.add(found("a code of the intruder's is there: " + there)));
    }
    return new Examined("keys, the database's password, and codes", keys.size(), findings);
  }

  private Finding found(String what) {
    return Finding.fail(
        name(),
        "nothing that the intruder had or made is of use any more",
        what,
        "was everything revoked and rotated after the restore, and the backup from before the breach?");
  }
}
