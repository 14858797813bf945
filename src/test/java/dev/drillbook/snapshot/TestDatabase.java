package dev.drillbook.snapshot;

import dev.drillbook.site.Command;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Site;
import dev.drillbook.site.Transcript;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.PostgresInstallations;
import dev.drillbook.site.embedded.TestPlans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A real server with an empty database. */
final class TestDatabase implements AutoCloseable {
  private static final String ROUNDTRIP =
      """
      #!/usr/bin/env bash
      set -euo pipefail
      dump=$(mktemp -d)
      pg_dump --no-owner -Fd -j2 -Z0 -f "$dump/d"
      pg_restore -j2 -e --clean --if-exists --no-owner -d "$PGDATABASE" "$dump/d"
      rm -r "$dump"
      """;

  private final Site site;
  private final Postgres server;

  TestDatabase(Path folder) throws IOException {
    Path script = folder.resolve("scripts").resolve("roundtrip.sh");
    Files.createDirectories(script.getParent());
    Files.writeString(script, ROUNDTRIP);
    if (!script.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + script + " executable");
    }
    site =
        EmbeddedSite.create(
            TestPlans.oneDatabase(folder, "create table t (id bigint primary key);"),
            1,
            PostgresInstallations.ofThisMachine(System.getenv()).locate());
    server = site.postgres("db");
    site.bringUp();
  }

  Postgres server() {
    return server;
  }

  void startEmpty() throws SQLException {
    execute(
        "drop schema public cascade",
        "drop schema if exists other cascade",
        "create schema public");
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  String text(String query) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set timezone = 'UTC'");
      try (ResultSet row = statement.executeQuery(query)) {
        row.next();
        return row.getString(1);
      }
    }
  }

  DatabaseImage image() throws SQLException {
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(server)) {
      return snapshot.read();
    }
  }

  Fingerprint fingerprint(String table) throws SQLException {
    try (DatabaseSnapshot snapshot = DatabaseSnapshot.open(server)) {
      return snapshot.fingerprint(table);
    }
  }

  /** Dumps everything with pg_dump, drops it, and restores it in parallel. */
  void dumpAndRestore() throws Exception {
    Command roundtrip = server.script("roundtrip.sh");
    roundtrip.perform(new Transcript(site.secrets()), Duration.ofMinutes(1));
  }

  @Override
  public void close() {
    site.close();
  }
}
