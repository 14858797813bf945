package dev.drillbook.site.embedded;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.site.PostgresStandby;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A standby that was copied by {@code pg_basebackup} and follows by streaming. Its roles and
 * passwords are those of the server that it follows, before and after it is promoted.
 */
final class EmbeddedStandby extends EmbeddedPostgres implements PostgresStandby {
  private static final Duration COPIED_WITHIN = Duration.ofMinutes(30);
  private static final Duration PROMOTED_WITHIN = Duration.ofMinutes(1);

  private final ComponentSpec.PostgresStandby spec;
  private final EmbeddedPostgres primary;

  EmbeddedStandby(
      ComponentSpec.PostgresStandby spec,
      EmbeddedSite site,
      Ports ports,
      EmbeddedPostgres primary) {
    super(site, ports, primary);
    this.spec = spec;
    this.primary = primary;
  }

  @Override
  ComponentSpec spec() {
    return spec;
  }

  @Override
  public String describe() {
    return super.describe() + ", a standby of " + primary.name();
  }

  @Override
  void bringUp(double scale) {
    provision();
  }

  @Override
  boolean mayFollow() {
    return true;
  }

  @Override
  void begin() {
    cluster = primary.cluster;
    copy();
    site.host().own(dataFolder());
    start();
  }

  private void copy() {
    List<String> replication = primary.replication();
    Map<String, String> environment = programEnvironment();
    environment.put("PGPASSWORD", replication.get(1));
    List<String> command =
        List.of(
            programs.command("pg_basebackup"),
            "--host=" + site.host().addressOf(primary.name()),
            "--port=" + primary.port,
            "--username=" + replication.get(0),
            "--pgdata=" + dataFolder(),
            "--wal-method=stream",
            "--checkpoint=fast",
            "--no-sync",
            "--write-recovery-conf");
    try {
      site.command(name(), "pg_basebackup", command, () -> environment, site.folder())
          .perform(new Transcript(site.secrets()), COPIED_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException(
          "interrupted while " + name() + " was being copied", "run the drill again", e);
    }
  }

  @Override
  public synchronized void promote() {
    requireRunning("promoted");
    if (!follows()) {
      throw new DrillException(
          name() + " is a primary already", "promote a standby, and once: which of the two is it?");
    }
    long deadline = System.nanoTime() + PROMOTED_WITHIN.toNanos();
    ask("select pg_promote(wait => false)");
    while (follows()) {
      if (System.nanoTime() > deadline) {
        throw new DrillException(
            name()
                + " was told to become a primary and still follows after "
                + PROMOTED_WITHIN.toSeconds()
                + " s",
            "see its log " + log());
      }
      Pauses.millis(5);
    }
  }

  @Override
  public boolean follows() {
    return ask("select pg_is_in_recovery()").equals("t");
  }

  @Override
  public long replayLagBytes() {
    return Long.parseLong(
        ask(
            "select coalesce(pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()), 0)::int8"));
  }

  private String ask(String query) {
    try (Connection admin = administer("postgres");
        Statement statement = admin.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new DrillException(
          name() + " does not answer: " + e.getMessage(), "does it run? see its log " + log(), e);
    }
  }
}
