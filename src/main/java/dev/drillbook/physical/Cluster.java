package dev.drillbook.physical;

import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a server that has recovered holds besides rows: databases, roles, tablespaces, extensions.
 */
record Cluster(Postgres database) {
  private static final int COLLATION_VERSIONS_SINCE = 150_000;

  /**
   * Looks whether the plan's database and role are there, and what of the copied server's machine
   * is missing here.
   *
   * @throws DrillException if they are not there, or it cannot be asked
   */
  List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    try (Connection admin = database.administer("postgres")) {
      String databases =
          "select datname from pg_database where datallowconn and not datistemplate order by 1";
      require(admin, "database", database.database(), databases, Set.of("postgres"));
      String roles =
          "select rolname from pg_roles where rolcanlogin and rolname not like 'pg\\_%' order by 1";
      require(admin, "login role", database.role(), roles, database.knownRoles());
      tablespaces(admin, findings);
    } catch (SQLException e) {
      throw noAnswer(e);
    }
    try (Connection admin = database.administer(database.database())) {
      extensions(admin, findings);
      if (admin.getMetaData().getDatabaseMajorVersion() * 10_000 >= COLLATION_VERSIONS_SINCE) {
        collation(admin, findings);
      }
    } catch (SQLException e) {
      throw noAnswer(e);
    }
    return findings;
  }

  private DrillException noAnswer(SQLException e) {
    return new DrillException(
        "the server came up, and does not answer: " + e.getMessage(),
        "are its catalogues damaged? see its log",
        e);
  }

  /** Our own roles are no answer to who is there. */
  private static void require(
      Connection admin, String kind, String name, String query, Set<String> ours)
      throws SQLException {
    List<String> there = strings(admin, query);
    if (!there.contains(name)) {
      List<String> others = there.stream().filter(each -> !ours.contains(each)).toList();
      throw new DrillException(
          "the backup's server has no %s %s%s"
              .formatted(
                  kind, name, others.isEmpty() ? "" : "; it has " + String.join(", ", others)),
          "is it a backup of this server? else correct the component in the plan");
    }
  }

  private static void tablespaces(Connection admin, List<Finding> findings) throws SQLException {
    List<String> missing =
        strings(
            admin,
            "select spcname from pg_tablespace where spcname not in ('pg_default', 'pg_global')"
                + " and oid::text not in (select pg_ls_dir('pg_tblspc')) order by 1");
    if (!missing.isEmpty()) {
      findings.add(
          Finding.fail(
              "tablespaces",
              "the backup holds every tablespace of its server",
              "it lacks " + String.join(", ", missing),
              "take it with pg_basebackup --format=tar, which stores each as an archive of its own"));
    }
  }

  private static void extensions(Connection admin, List<Finding> findings) throws SQLException {
    List<String> missing =
        strings(
            admin,
            "select extname from pg_extension where extname not in (select name from pg_available_extensions) order by 1");
    for (String extension : missing) {
      findings.add(
          Finding.unknown(
              "restore",
              "the server that is restored into has the extension " + extension,
              "it has none of that name",
              "install it on this machine, or restore into production's image with -Ddrill.site=containers"));
    }
  }

  private static void collation(Connection admin, List<Finding> findings) throws SQLException {
    List<String> versions =
        strings(
            admin,
            "select datcollversion || ' there and ' || pg_database_collation_actual_version(oid) || ' here'"
                + " from pg_database where datname = current_database()"
                + " and datcollversion <> pg_database_collation_actual_version(oid)");
    for (String version : versions) {
      findings.add(
          Finding.unknown(
              "restore",
              "this machine sorts text as the backup's did",
              "the version of its collation is " + version,
              "indexes of text may be found wrong that are right there: restore with the same operating system, or into production's image"));
    }
  }

  private static List<String> strings(Connection connection, String query) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
    }
    return strings;
  }
}
