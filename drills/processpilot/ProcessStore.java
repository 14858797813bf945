package processpilot;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import web.Refused;

/** Processes and what is booked on them; each method is part of one database transaction. */
final class ProcessStore {

  private ProcessStore() {}

  /**
   * Opens a process with its first booking.
   *
   * @throws Refused with 409 if the reference of the process or of the booking is taken
   */
  static ProcessView open(
      Connection connection, Tokens.Caller caller, String ref, String title, Booking first)
      throws SQLException, Refused {
    long id;
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into processes (ref, organisation_id, owner_id, title, total_amount, details)"
                + " values (?, ?, ?, ?, ?, '{\"source\": \"api\"}')"
                + " on conflict (ref) do nothing returning id")) {
      insert.setString(1, ref);
      insert.setLong(2, caller.organisationId());
      insert.setLong(3, caller.userId());
      insert.setString(4, title);
      insert.setBigDecimal(5, first.amount());
      try (ResultSet rows = insert.executeQuery()) {
        if (!rows.next()) {
          throw new Refused(409, "a process with this ref exists: " + ref);
        }
        id = rows.getLong(1);
      }
    }
    if (!insertBooking(connection, caller, id, ref, first)) {
      throw new Refused(409, "a transaction with this ref exists: " + first.ref());
    }
    return find(connection, ref).orElseThrow();
  }

  /**
   * Books on a process. A booking that is there already, with the same amount and on the same
   * process, is not booked again.
   *
   * @throws Refused with 404 if there is no such process, with 409 if it is closed or the reference
   *     is that of another booking
   */
  static ProcessView book(Connection connection, Tokens.Caller caller, String ref, Booking booking)
      throws SQLException, Refused {
    long id = lockOpen(connection, ref);
    if (insertBooking(connection, caller, id, ref, booking)) {
      try (PreparedStatement update =
          connection.prepareStatement(
              "update processes set total_amount = total_amount + ? where id = ?")) {
        update.setBigDecimal(1, booking.amount());
        update.setLong(2, id);
        update.executeUpdate();
      }
    } else if (!isBooked(connection, id, booking)) {
      throw new Refused(409, "another transaction has this ref: " + booking.ref());
    }
    return find(connection, ref).orElseThrow();
  }

  /** Empty if there is no such process. */
  static Optional<ProcessView> find(Connection connection, String ref) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select status, total_amount,"
                + " (select count(*) from transactions where process_id = processes.id)"
                + " from processes where ref = ?")) {
      select.setString(1, ref);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new ProcessView(ref, rows.getString(1), rows.getBigDecimal(2), rows.getLong(3)))
            : Optional.empty();
      }
    }
  }

  private static long lockOpen(Connection connection, String ref) throws SQLException, Refused {
    try (PreparedStatement select =
        connection.prepareStatement("select id, status from processes where ref = ? for update")) {
      select.setString(1, ref);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          throw new Refused(404, "no process with ref " + ref);
        }
        if (!rows.getString(2).equals("open")) {
          throw new Refused(409, "the process is " + rows.getString(2) + ": " + ref);
        }
        return rows.getLong(1);
      }
    }
  }

  /** False if its reference is taken; else the audit has it too. */
  private static boolean insertBooking(
      Connection connection, Tokens.Caller caller, long processId, String process, Booking booking)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "with booked as (insert into transactions (ref, process_id, amount, booked_by)"
                + " values (?, ?, ?, ?) on conflict (ref) do nothing returning ref, amount)"
                + " insert into audit_events (actor_id, action, subject, details)"
                + " select ?, 'transaction.booked', ?,"
                + " jsonb_build_object('transaction', ref, 'amount', amount::text) from booked")) {
      insert.setString(1, booking.ref());
      insert.setLong(2, processId);
      insert.setBigDecimal(3, booking.amount());
      insert.setLong(4, caller.userId());
      insert.setLong(5, caller.userId());
      insert.setString(6, process);
      return insert.executeUpdate() == 1;
    }
  }

  private static boolean isBooked(Connection connection, long processId, Booking booking)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select 1 from transactions where ref = ? and process_id = ? and amount = ?")) {
      select.setString(1, booking.ref());
      select.setLong(2, processId);
      select.setBigDecimal(3, booking.amount());
      try (ResultSet rows = select.executeQuery()) {
        return rows.next();
      }
    }
  }
}
