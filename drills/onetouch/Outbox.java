package onetouch;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import web.Database;
import web.Refused;

/**
 * Sends the pending e-mails that are half a second old, so that a card which is changed at once is
 * announced as it is then, and are not on hold. Each is handed over before it is marked as sent: a
 * crash in between sends one again, and never loses one.
 */
final class Outbox implements AutoCloseable {
  private static final int EVERY_MILLIS = 100;
  private static final int AT_ONCE = 50;
  private static final int PATIENCE_MILLIS = 1_000;
  private static final String DUE =
      "select \"id\" from \"Email\" where \"status\" = 'pending'"
          + " and \"createdAt\" < now() - interval '500 milliseconds'"
          + " and \"createdAt\" > coalesce((select max(\"heldBefore\") from \"OutboxHold\"),"
          + " '-infinity') order by \"createdAt\" limit ? for update skip locked";

  private final Database database;
  private final String mail;
  private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();

  private Outbox(Database database, String mail) {
    this.database = database;
    this.mail = mail;
  }

  /** Sends until it is closed. */
  static Outbox start(Database database, String mail) {
    Outbox outbox = new Outbox(database, mail);
    var unused =
        outbox.worker.scheduleWithFixedDelay(
            outbox::sendDue, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    return outbox;
  }

  private void sendDue() {
    try {
      int unused = database.transact(this::sendDue);
    } catch (Database.Unavailable | Database.OutcomeUnknown | Refused e) {
      // They stay pending, and are looked at again in a moment.
    } catch (RuntimeException e) {
      // Thrown on, it would end the sending for good.
      System.err.println("the outbox has a bug: " + e);
    }
  }

  private int sendDue(Connection connection) throws SQLException {
    List<String> sent = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(DUE)) {
      select.setInt(1, AT_ONCE);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          String id = rows.getString(1);
          handOver(id);
          sent.add(id);
        }
      } catch (IOException e) {
        System.err.println("the mail service takes nothing: " + e.getMessage());
      }
    }
    try (PreparedStatement mark =
        connection.prepareStatement(
            "update \"Email\" set \"status\" = 'sent', \"sentAt\" = now()"
                + " where \"id\" = any (?::uuid[])")) {
      mark.setArray(1, connection.createArrayOf("text", sent.toArray()));
      return mark.executeUpdate();
    }
  }

  private void handOver(String id) throws IOException {
    HttpURLConnection request =
        (HttpURLConnection) URI.create(mail + "/messages/" + id).toURL().openConnection();
    request.setRequestMethod("POST");
    request.setConnectTimeout(PATIENCE_MILLIS);
    request.setReadTimeout(PATIENCE_MILLIS);
    request.setDoOutput(true);
    request.setFixedLengthStreamingMode(0);
    request.getOutputStream().close();
    if (request.getResponseCode() != 202) {
      throw new IOException("status " + request.getResponseCode());
    }
    request.getInputStream().close();
  }

  @Override
  public void close() {
    worker.shutdown();
  }
}
