package dev.drillbook.plan;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How the backups that a policy has left are found, restored and proven, night after night.
 *
 * @param policy the policy's id
 * @param files the pattern of its backups' names below the catalogue's root, see {@link
 *     NamePattern}
 * @param format what a backup is; empty where its content shows that
 * @param globals the pattern of the roles and tablespaces that pg_dumpall writes beside it
 * @param zone the one that the times in the names are of
 * @param key what decrypts it; empty where it is not encrypted
 * @param keep how many backups there must be for what span of time; empty where the policy's
 *     retention alone says
 * @param smallest the least share of the previous backup's size that a backup may have, above 0 and
 *     up to 1
 * @param locked how long the store must keep a backup from being deleted; empty for not at all
 * @param manifest whether each backup has to have one beside it, see docs/nightly.md; one that is
 *     there counts in any case
 * @param minimumObjects how many a backup of an object store has to hold, all buckets together
 * @param restore the team's own restore script; empty for the standard tool
 * @param wal the folder below the catalogue's root that WAL is archived in, with a slash at its
 *     end; empty where a base backup's own WAL has to do
 * @param pgbackrest what tells a pgBackRest repository's backups; empty where they are none
 * @param freshness by table, the column of times of which the newest shows how recent the data is
 * @param assertions what else must be so
 * @param limits what a backup may come to before it is taken for an attack
 * @param lastRun how old the last check may be
 * @param lastSuccess how old the last check that passed may be
 */
public record RestoreCheck(
    String policy,
    NamePattern files,
    Optional<Format> format,
    Optional<NamePattern> globals,
    ZoneId zone,
    Optional<Key> key,
    Optional<Keep> keep,
    double smallest,
    Optional<Duration> locked,
    boolean manifest,
    int minimumObjects,
    Optional<String> restore,
    Optional<String> wal,
    Optional<PgBackRest> pgbackrest,
    Map<String, String> freshness,
    List<Assertion> assertions,
    Limits limits,
    Duration lastRun,
    Duration lastSuccess) {

  /** What a backup can be, once it is decrypted and decompressed. */
  public enum Format {
    /** SQL, as pg_dump and pg_dumpall write it. */
    SQL,
    /** pg_dump's custom format. */
    CUSTOM,
    /** pg_dump's directory format. */
    DIRECTORY,
    /** A base backup: a data directory with its backup_label, as files or tar archives. */
    BASE,
    /** A pgBackRest repository. */
    PGBACKREST,
    /** What mongodump writes as one file. */
    MONGO_ARCHIVE,
    /** What mongodump writes as a folder. */
    MONGO_FOLDER,
    /** A Redis database file. */
    RDB,
    /** A tar archive of files. */
    TAR;

    /** The plan's word for it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * What a backup is decrypted with. The key itself is never in a plan.
   *
   * @param file the file that holds it; empty where a variable does
   * @param variable the variable of the environment that holds it; empty where a file does
   * @param cipher for OpenSSL, which writes down nothing of it, the options that it was encrypted
   *     with, e.g. {@code -aes-256-cbc -pbkdf2}
   */
  public record Key(Optional<String> file, Optional<String> variable, List<String> cipher) {}

  /**
   * A pgBackRest repository.
   *
   * @param stanza its name for the server
   * @param repository the folder below the catalogue's root that it is, with a slash at its end;
   *     empty for the root itself
   */
  public record PgBackRest(String stanza, String repository) {}

  /**
   * How many backups must be kept of what span of time (grandfather, father, son): one of each of
   * the last so many days, ISO weeks, months and years. Zero for none.
   */
  public record Keep(int daily, int weekly, int monthly, int yearly) {}

  /** Something that must be so in what was restored. */
  public sealed interface Assertion {
    /** What it is called in reports. */
    String id();

    /**
     * A query of PostgreSQL's that must not return anything; what it returns is what is wrong.
     *
     * @param sql the query
     */
    record Rows(String id, String sql) implements Assertion {}

    /**
     * A query of PostgreSQL's, each of whose rows names an object that must be there: by its key
     * and, if the database knows them, its hash and its size.
     *
     * @param sql the query; NULL in its first column names nothing
     * @param in where the objects are: {@code s3://bucket/prefix}, which keys are relative to
     */
    record Objects(String id, String sql, String in) implements Assertion {}

    /**
     * Documents of MongoDB's that must not be there.
     *
     * @param collection where they are looked for
     * @param pipeline of the aggregation that finds what is wrong, as MongoDB's extended JSON
     */
    record Documents(String id, String collection, String pipeline) implements Assertion {}
  }

  /**
   * What a backup may come to when it is unpacked.
   *
   * @param unpacked bytes, all of it together
   * @param ratio times as large as what is stored
   * @param files how many
   */
  public record Limits(DataSize unpacked, int ratio, int files) {

    /** A hundred gigabytes, two hundred times as large, a million files. */
    public static final Limits STANDARD =
        new Limits(new DataSize(100_000_000_000L), 200, 1_000_000);
  }
}
