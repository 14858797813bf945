package qrgenerator;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import web.Database;
import web.Refused;

/** Codes and scans in the database. Whoever calls is known there before anything is done. */
final class CodeStore {
  private final Database database;
  private final KeyGuard guard;

  CodeStore(Database database, KeyGuard guard) {
    this.database = database;
    this.guard = guard;
  }

  /**
   * Makes a code.
   *
   * @throws Refused with 401 if the key is not known, with 409 if the slug is taken
   */
  Code create(String authorization, String slug, String target)
      throws Database.Unavailable, Database.OutcomeUnknown, Refused {
    return database.transact(
        connection -> {
          long user = guard.userOf(connection, authorization);
          if (update(
                  connection,
                  "insert into \"QrCode\" (\"userId\", slug, target) values (?, ?, ?)"
                      + " on conflict (slug) do nothing",
                  user,
                  slug,
                  target)
              == 0) {
            throw new Refused(409, "a code with this slug exists: " + slug);
          }
          return new Code(slug, target, 0);
        });
  }

  /**
   * Notes a scan, once for each reference; anybody may scan.
   *
   * @throws Refused with 404 if there is no such code
   */
  Code scan(String slug, String ref)
      throws Database.Unavailable, Database.OutcomeUnknown, Refused {
    return database.transact(
        connection -> {
          update(
              connection,
              "insert into \"QrCodeScan\" (\"qrCodeId\", ref)"
                  + " select id, ? from \"QrCode\" where slug = ? on conflict (ref) do nothing",
              ref,
              slug);
          return find(connection, slug)
              .orElseThrow(() -> new Refused(404, "no code with the slug " + slug));
        });
  }

  /**
   * Empty if there is no such code.
   *
   * @throws Refused with 401 if the key is not known
   */
  Optional<Code> find(String authorization, String slug) throws Database.Unavailable, Refused {
    return database.read(
        connection -> {
          guard.userOf(connection, authorization);
          return find(connection, slug);
        });
  }

  /** Whether the codes can be read. */
  void touch() throws Database.Unavailable, Refused {
    database.read(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("select 1 from \"QrCode\" limit 1")) {
            return row.next();
          }
        });
  }

  private static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  private static Optional<Code> find(Connection connection, String slug) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select target, (select count(*) from \"QrCodeScan\" s where s.\"qrCodeId\" = c.id)"
                + " from \"QrCode\" c where slug = ?")) {
      select.setString(1, slug);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(new Code(slug, rows.getString(1), rows.getLong(2)))
            : Optional.empty();
      }
    }
  }
}
