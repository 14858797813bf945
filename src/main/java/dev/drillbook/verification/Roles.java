package dev.drillbook.verification;

import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.Finding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Nobody has a way into the server but those who are known: no other role may log in, is a
 * superuser, may make roles, bypass row level security or replicate, or is a member, directly or
 * not, of a role that may; and the known ones have no more power than they were given. What an
 * intruder leaves behind for later comes back with a dump of the whole cluster, and survives where
 * the damaged database alone is replaced.
 *
 * <p>Known are the site's own roles, the plan's, and PostgreSQL's predefined ones. What roles were
 * granted on tables is not looked at.
 */
public record Roles(Postgres database) implements Check {
  private static final String REPLICATES = "may replicate";

  /**
   * Each role, whether it may log in, whether it is the one that the cluster was made with, and
   * what else it may do, or is a member of: itself or through others.
   */
  private static final String POWERS =
      "with recursive held (role, via) as (select oid, oid from pg_roles union"
          + " select h.role, m.roleid from held h join pg_auth_members m on m.member = h.via)"
          + " select r.rolname, r.rolcanlogin, r.oid = 10, concat_ws(', ',"
          + " case when bool_or(v.rolsuper) then 'is a superuser' end,"
          + " case when bool_or(v.rolcreaterole) then 'may make roles' end,"
          + " case when bool_or(v.rolreplication) then '"
          + REPLICATES
          + "' end,"
          + " case when bool_or(v.rolbypassrls) then 'may bypass row level security' end,"
          + " string_agg('is a member of ' || v.rolname, ', ' order by v.rolname) filter (where v.oid <> r.oid"
          + " and (v.rolcanlogin or v.rolsuper or v.rolcreaterole or v.rolreplication or v.rolbypassrls"
          + " or v.rolname ~ '^pg_')))"
          + " from held h join pg_roles r on r.oid = h.role join pg_roles v on v.oid = h.via"
          + " where r.rolname !~ '^pg_' group by r.oid, r.rolname, r.rolcanlogin order by 1";

  public static Check noUnknownRoles(Postgres database) {
    return new Roles(database);
  }

  @Override
  public String name() {
    return "roles of " + database.name();
  }

  @Override
  public Examined examine(Evidence evidence) throws SQLException {
    Set<String> known = database.knownRoles();
    List<Finding> findings = new ArrayList<>();
    int count = 0;
    try (Connection connection = database.administer("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(POWERS)) {
      while (rows.next()) {
        count++;
        if (!known.contains(rows.getString(1))) {
          judgeUnknown(rows.getString(1), rows.getBoolean(2), rows.getString(4), known, findings);
        } else if (!rows.getBoolean(3)) {
          judgeKnown(rows.getString(1), rows.getString(4), findings);
        }
      }
    }
    return new Examined(
        count + " roles, of which " + known.size() + " should be there", count, findings);
  }

  private void judgeUnknown(
      String role, boolean logsIn, String powers, Set<String> known, List<Finding> findings) {
    if (logsIn || !powers.isEmpty()) {
      String found = (logsIn ? "may log in" : "") + (logsIn && !powers.isEmpty() ? ", " : "");
      findings.add(
          Finding.fail(
              name(),
              "nobody but " + String.join(", ", known.stream().sorted().toList()) + " gets in",
              "role " + role + " " + found + powers,
              "who made it, and when? if it is not yours, look for what else they left"));
    }
  }

  private void judgeKnown(String role, String powers, List<Finding> findings) {
    boolean mayReplicate = !role.equals(database.role());
    if (!powers.isEmpty() && !(mayReplicate && powers.equals(REPLICATES))) {
      findings.add(
          Finding.fail(
              name(),
              "role " + role + " has no more power than it was given at first",
              "it " + powers,
              "revoke it, and find out who granted it"));
    }
  }
}
