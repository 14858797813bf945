package dev.drillbook.restorecheck;

import dev.drillbook.physical.FetchedRepository;
import dev.drillbook.physical.FetchedWal;
import dev.drillbook.physical.PgBackRestRestore;
import dev.drillbook.physical.PhysicalRestore;
import dev.drillbook.physical.Recovered;
import dev.drillbook.plan.RestoreCheck.Format;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Store;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.Finding;
import dev.drillbook.unpacking.Decryption;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL server whose files become those of the backup, and what else is checked alike. */
final class PhysicalUnderCheck implements StoreUnderCheck {
  private final PostgresUnderCheck alike;
  private final Postgres database;
  private final Fetched fetched;
  private final Optional<Decryption> decryption;
  private final List<String> notes = new ArrayList<>();

  PhysicalUnderCheck(
      PostgresUnderCheck alike,
      Postgres database,
      Fetched fetched,
      Optional<Decryption> decryption) {
    this.alike = alike;
    this.database = database;
    this.fetched = fetched;
    this.decryption = decryption;
  }

  static boolean takes(Fetched fetched) {
    return fetched.format() == Format.BASE || fetched.format() == Format.PGBACKREST;
  }

  @Override
  public Store store() {
    return database;
  }

  @Override
  public long bytes() throws SQLException {
    return alike.bytes();
  }

  @Override
  public List<Finding> restore(Format format, Path backup, Transcript transcript, Duration limit)
      throws InterruptedException {
    Recovered recovered =
        fetched.repository().isPresent()
            ? new PgBackRestRestore(
                    database, fetched.repository().get(), decryption.map(key -> key::passphrase))
                .restore(transcript, limit)
            : new PhysicalRestore(database, fetched.wal(), limit).restore(backup);
    notes.addAll(recovered.notes());
    return recovered.findings();
  }

  @Override
  public List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public Evidence evidence() throws SQLException {
    return alike.evidence();
  }

  /** With WAL, rows are as new as the end of the archive. */
  @Override
  public List<Check> checks(Instant takenAt) {
    Instant until =
        fetched
            .wal()
            .flatMap(FetchedWal::until)
            .or(() -> fetched.repository().flatMap(FetchedRepository::until))
            .filter(takenAt::isBefore)
            .orElse(takenAt);
    return alike.checks(until);
  }
}
