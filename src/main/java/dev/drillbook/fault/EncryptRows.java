package dev.drillbook.fault;

import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.DrillException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Ransomware in the database: every text of the rows that chance picks is replaced by what
 * AES-256-GCM makes of it, with a key that nobody keeps. Columns of other types, those of a limited
 * length, those of the primary key, and those whose constraints refuse it stay, since a statement
 * that fails encrypts nothing.
 */
@About(
    kind = About.Kind.DATA,
    does = "encrypts the texts of rows (AES-256-GCM, key thrown away)",
    hits = "PostgreSQL",
    needs = "it runs; a column of unlimited text",
    bites = "texts were encrypted")
public record EncryptRows(Postgres target, String table, Extent extent) implements Fault {
  private static final String TEXT_COLUMNS =
      "select a.attname from pg_attribute a where a.attrelid = ?::regclass and a.attnum > 0"
          + " and not a.attisdropped and a.attgenerated = '' and a.atttypid in ('text'::regtype, 'varchar'::regtype)"
          + " and a.atttypmod = -1 and not exists (select 1 from pg_index i where i.indrelid = a.attrelid"
          + " and i.indisprimary and a.attnum = any (i.indkey)) order by a.attnum";
  private static final int BATCH = 500;

  public static Fault encryptRows(Postgres target, String table, Extent extent) {
    return new EncryptRows(target, table, extent);
  }

  @Override
  public String name() {
    return "encrypt " + extent.text() + " of the rows of " + table + " in " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    return RowFault.inject(
        target,
        name(),
        connection -> {
          List<String> columns =
              Admin.texts(connection, TEXT_COLUMNS, Admin.table(table)).stream()
                  .map(Admin::quoted)
                  .toList();
          if (columns.isEmpty()) {
            throw new DrillException(
                table + " has no column of unlimited text that could be encrypted",
                "name a table that has one");
          }
          PickedRows rows = PickedRows.of(connection, table, extent, scene.chance());
          Cipher cipher = new Cipher(scene.chance());
          columns = takeable(connection, rows, columns, cipher);
          List<String> hit = new ArrayList<>(rows.describe(connection));
          hit.add("columns: " + String.join(", ", columns));
          long texts = encrypt(connection, rows, columns, cipher);
          return new RowFault(hit, Bite.of(texts > 0, texts + " texts were encrypted"));
        });
  }

  /**
   * The columns whose constraints let a cipher text in.
   *
   * @throws DrillException if none does
   */
  private List<String> takeable(
      Connection connection, PickedRows rows, List<String> columns, Cipher cipher)
      throws SQLException {
    List<String> takeable = new ArrayList<>();
    SQLException refused = null;
    for (String column : columns) {
      Savepoint before = connection.setSavepoint();
      String one =
          "update "
              + rows.table()
              + " t set "
              + column
              + " = ? where (t.tableoid, t.ctid) in (select p.tableoid, p.ctid from "
              + rows.table()
              + " p where p."
              + column
              + " is not null limit 1)";
      try (PreparedStatement attempt = connection.prepareStatement(one)) {
        attempt.setString(1, cipher.encrypt(column));
        attempt.executeUpdate();
        takeable.add(column);
      } catch (SQLException e) {
        refused = e;
      }
      connection.rollback(before);
    }
    if (takeable.isEmpty()) {
      throw new DrillException(
          "the constraints of " + table + " refuse encrypted texts in " + columns,
          "name another table",
          refused);
    }
    return takeable;
  }

  private static long encrypt(
      Connection connection, PickedRows rows, List<String> columns, Cipher cipher)
      throws SQLException {
    String set = columns.stream().map(c -> c + " = ?").collect(Collectors.joining(", "));
    String read = columns.stream().map(c -> "t." + c).collect(Collectors.joining(", "));
    long texts = 0;
    try (Statement reading = connection.createStatement();
        PreparedStatement writing =
            connection.prepareStatement(
                "update "
                    + rows.table()
                    + " t set "
                    + set
                    + " where t.tableoid = ?::oid and t.ctid = ?::tid")) {
      reading.setFetchSize(BATCH);
      try (ResultSet row =
          reading.executeQuery(
              "select t.tableoid::int8, t.ctid::text, "
                  + read
                  + " from "
                  + rows.table()
                  + " t where "
                  + rows.condition()
                  + " order by t.tableoid, t.ctid")) {
        int pending = 0;
        while (row.next()) {
          for (int i = 0; i < columns.size(); i++) {
            String plain = row.getString(3 + i);
            writing.setString(1 + i, plain == null ? null : cipher.encrypt(plain));
            texts += plain == null ? 0 : 1;
          }
          writing.setLong(columns.size() + 1, row.getLong(1));
          writing.setString(columns.size() + 2, row.getString(2));
          writing.addBatch();
          if (++pending % BATCH == 0) {
            writing.executeBatch();
          }
        }
        writing.executeBatch();
      }
    }
    return texts;
  }
}
