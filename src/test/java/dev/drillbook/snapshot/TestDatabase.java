package dev.drillbook.snapshot;

import dev.drillbook.site.Command;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Site;
import dev.drillbook.site.Transcript;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.site.embedded.TestPlans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real server, whose database is empty when a test begins. */
final class TestDatabase implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  private static final String ROUNDTRIP =
      """
      #!/usr/bin/env bash
      set -euo pipefail
      dump=$(mktemp -d)
      pg_dump --no-owner -Fd -j2 -Z0 -f "$dump/d"
      pg_restore -j2 -e --clean --if-exists --no-owner -d "$PGDATABASE" "$dump/d"
      rm -r "$dump"
      """;

  private Path folder;
  private Site site;
  private Postgres server;

  @Override
  public void beforeAll(ExtensionContext tests) throws IOException {
    folder = Files.createTempDirectory("drillbook-test");
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
            Installations.ofThisMachine(System.getenv(), said -> {}));
    server = site.postgres("db");
    site.bringUp();
  }

  @Override
  public void beforeEach(ExtensionContext test) throws SQLException {
    execute(
        "drop schema public cascade",
        "drop schema if exists other cascade",
        "create schema public");
  }

  @Override
  public void afterAll(ExtensionContext tests) throws IOException {
    if (site != null) {
      site.close();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  Postgres server() {
    return server;
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
}
