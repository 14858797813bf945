package dev.drillbook.restorecheck;

import dev.drillbook.manifest.Manifest;
import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.plan.RestoreCheck.Format;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Store;
import dev.drillbook.site.Transcript;
import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.DatabaseSnapshot;
import dev.drillbook.snapshot.RowFinder;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;
import dev.drillbook.verification.ForeignKeys;
import dev.drillbook.verification.Freshness;
import dev.drillbook.verification.RowCounts;
import dev.drillbook.verification.Sequences;
import dev.drillbook.verification.SoundFiles;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An empty PostgreSQL database. It is restored by the application's role, which is no superuser:
 * what a dump could do to the machine with COPY ... PROGRAM, with files of the server or with
 * functions in C is refused by the server. Roles and extensions, which take more, are made first.
 */
final class PostgresUnderCheck implements StoreUnderCheck {
  private static final Duration DEFINITIONS_WITHIN = Duration.ofMinutes(10);

  private final Postgres database;
  private final ComponentSpec.Postgres spec;
  private final RestoreCheck check;
  private final Duration freshAtMost;
  private final Optional<Path> globals;
  private final Path definitions;
  private final Optional<Manifest> manifest;
  private final Assertions assertions;
  private final boolean asCopied;

  /**
   * @param freshAtMost how old the newest row may be when the backup is taken
   * @param globals what pg_dumpall wrote of roles; empty where the plan names no such file
   * @param definitions a file that does not exist yet, where the store's programs may write
   * @param manifest what the database held when the backup was taken
   * @param assertions makes checks of what the plan asserts
   * @param asCopied whether the database's files are the backup, so that all of them must be read;
   *     what came as rows was written here a moment ago
   */
  PostgresUnderCheck(
      Postgres database,
      ComponentSpec.Postgres spec,
      RestoreCheck check,
      Duration freshAtMost,
      Optional<Path> globals,
      Path definitions,
      Optional<Manifest> manifest,
      Assertions assertions,
      boolean asCopied) {
    this.database = database;
    this.spec = spec;
    this.check = check;
    this.freshAtMost = freshAtMost;
    this.globals = globals;
    this.definitions = definitions;
    this.manifest = manifest;
    this.assertions = assertions;
    this.asCopied = asCopied;
  }

  @Override
  public Store store() {
    return database;
  }

  @Override
  public long bytes() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_database_size(current_database())")) {
      row.next();
      return row.getLong(1);
    }
  }

  private DatabaseImage image() throws SQLException {
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(database)) {
      return asCopied || manifest.isPresent() ? snapshot.read() : snapshot.count();
    }
  }

  @Override
  public List<Finding> restore(Format format, Path backup, Transcript transcript, Duration limit)
      throws Exception {
    return switch (format) {
      case SQL -> {
        List<Finding> missing = new PostgresSurroundings(database, globals).prepare(backup);
        database
            .tool("psql", "--no-psqlrc", "--quiet", "--file=" + backup)
            .perform(transcript, limit);
        yield missing;
      }
      case CUSTOM, DIRECTORY -> {
        List<Finding> missing = new PostgresSurroundings(database, globals).prepare(schema(backup));
        database
            .tool("pg_restore", "--dbname=" + database.database(), backup.toString())
            .perform(transcript, limit);
        yield missing;
      }
      default ->
          throw new DrillException(
              backup.getFileName()
                  + " is of format "
                  + format.word()
                  + ", of no PostgreSQL database",
              "is the policy's component the right one?");
    };
  }

  /** The archive's definitions as SQL, without rows. */
  private Path schema(Path archive) throws Exception {
    database
        .tool("pg_restore", "--schema-only", "--file=" + definitions, archive.toString())
        .perform(new Transcript(Set.of()), DEFINITIONS_WITHIN);
    return definitions;
  }

  @Override
  public Evidence evidence() throws SQLException {
    DatabaseImage now = image();
    return Evidence.withoutClients(
        List.of(
            new Evidence.Database(
                spec,
                database,
                manifest.map(Manifest::image),
                Optional.of(now),
                Optional.of(now),
                "",
                RowFinder.AMONG_KEPT_ROWS)),
        List.of());
  }

  @Override
  public List<Check> checks(Instant takenAt) {
    List<Check> checks = new ArrayList<>();
    checks.add(RowCounts.rowCounts());
    checks.add(new WhereThereAre(ForeignKeys.foreignKeys()));
    checks.add(new WhereThereAre(Sequences.sequences()));
    checks.add(new SoundFiles(database, asCopied));
    manifest.ifPresent(taken -> checks.add(new AsInManifest(database, taken)));
    if (!check.freshness().isEmpty()) {
      checks.add(new Freshness(database, check.freshness(), takenAt, freshAtMost));
    }
    check.assertions().forEach(each -> checks.add(assertions.of(database, each)));
    return checks;
  }
}
