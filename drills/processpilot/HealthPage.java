package processpilot;

import com.sun.net.httpserver.HttpExchange;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import web.Answer;
import web.Database;
import web.Endpoint;
import web.Refused;

/**
 * {@code GET /api/health} and {@code /health/detailed}: 200 with the release and the schema's
 * version only if the database has just answered, else 503.
 */
final class HealthPage implements Endpoint {
  private final Database database;
  private final String release;

  HealthPage(Database database, String release) {
    this.database = database;
    this.release = release;
  }

  @Override
  public Answer answer(HttpExchange exchange) throws Refused {
    try {
      int schemaVersion = database.read(HealthPage::schemaVersion);
      return new Answer(
          200,
          json -> {
            json.writeStartObject();
            json.writeStringField("status", "ok");
            json.writeStringField("release", release);
            json.writeStringField("database", "ok");
            json.writeNumberField("schemaVersion", schemaVersion);
            json.writeEndObject();
          });
    } catch (Database.Unavailable e) {
      return Answer.error(503, "database unavailable", e.getMessage());
    }
  }

  private static int schemaVersion(Connection connection) throws SQLException, Refused {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select max(version), (select count(*) from processes where id = 1)"
                    + " from schema_migrations")) {
      row.next();
      return row.getInt(1);
    }
  }
}
