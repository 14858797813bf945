package dev.drillbook.restorecheck;

import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.Finding;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a dump takes for granted, made before it is restored: roles that may not log in, of which
 * the restoring role is a member, and extensions, which it owns. Of what pg_dumpall has written
 * nothing is run: it would need a superuser, and holds production's passwords.
 */
final class PostgresSurroundings {
  private static final Pattern CREATE_ROLE =
      Pattern.compile("^CREATE ROLE (\"(?:[^\"]|\"\")+\"|[a-z_][a-z0-9_$]*);$");

  private final Postgres database;
  private final Optional<Path> globals;

  /**
   * @param globals what pg_dumpall has written; empty where nothing of it is backed up
   */
  PostgresSurroundings(Postgres database, Optional<Path> globals) {
    this.database = database;
    this.globals = globals;
  }

  /**
   * Makes what {@code sql} needs.
   *
   * @return what it needs that no backup has, or this server cannot have
   */
  List<Finding> prepare(Path sql) throws IOException, SQLException {
    DumpNeeds needs = DumpNeeds.of(sql);
    List<Finding> findings = new ArrayList<>();
    Set<String> roles = new TreeSet<>(needs.roles());
    roles.removeAll(database.knownRoles());
    try (Connection admin = database.administer(database.database());
        Statement statement = admin.createStatement()) {
      for (String role : roles) {
        statement.execute("create role " + quoted(role) + " nologin");
        statement.execute("grant " + quoted(role) + " to " + quoted(database.role()));
        statement.execute("grant create on schema public to " + quoted(role));
        statement.execute(
            "grant create on database " + quoted(database.database()) + " to " + quoted(role));
      }
      // Who may not create in the schema may not own what is in it either.
      statement.execute("alter schema public owner to " + quoted(database.role()));
      for (String extension : needs.extensions()) {
        make(admin, statement, extension).ifPresent(findings::add);
      }
    }
    if (globals.isPresent()) {
      roles.removeAll(rolesOf(globals.get()));
      roles.forEach(role -> findings.add(missing(role, globals.get())));
    }
    return findings;
  }

  private Optional<Finding> make(Connection admin, Statement statement, String extension)
      throws SQLException {
    if (!isAvailable(admin, extension)) {
      return Optional.of(
          Finding.unknown(
              "restore",
              "the server that is restored into has the extension " + extension,
              "it has none of that name",
              "install it on this machine, or restore into production's image with -Ddrill.site=containers"));
    }
    // Owned by the role that restores: a dump comments on its extensions, which takes the owner.
    String role = quoted(database.role());
    statement.execute("alter role " + role + " superuser");
    try {
      statement.execute("set role " + role);
      statement.execute("create extension if not exists " + quoted(extension) + " cascade");
    } finally {
      statement.execute("reset role");
      statement.execute("alter role " + role + " nosuperuser");
    }
    return Optional.empty();
  }

  private static boolean isAvailable(Connection admin, String extension) throws SQLException {
    try (PreparedStatement ask =
        admin.prepareStatement("select 1 from pg_available_extensions where name = ?")) {
      ask.setString(1, extension);
      try (ResultSet row = ask.executeQuery()) {
        return row.next();
      }
    }
  }

  private static Set<String> rolesOf(Path globals) throws IOException {
    Set<String> roles = new TreeSet<>();
    try (BufferedReader lines = Files.newBufferedReader(globals, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = CREATE_ROLE.matcher(line);
        if (matcher.matches()) {
          roles.add(DumpNeeds.unquoted(matcher.group(1)));
        }
      }
    }
    return roles;
  }

  private static Finding missing(String role, Path globals) {
    return Finding.fail(
        "restore",
        "role " + role + ", which the dump refers to, is in the backup of the globals",
        globals.getFileName() + " has no such role",
        "back the roles up with the databases: pg_dumpall --globals-only");
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
