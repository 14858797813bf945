package processpilot;

import com.sun.net.httpserver.HttpExchange;
import web.Answer;
import web.Database;
import web.Endpoint;
import web.Refused;

/** {@code GET /api/auth/status}: whose token it is, or 401. */
final class AuthStatusEndpoint implements Endpoint {
  private final Database database;

  AuthStatusEndpoint(Database database) {
    this.database = database;
  }

  @Override
  public Answer answer(HttpExchange exchange) throws Refused, Database.Unavailable {
    Tokens.Caller caller = database.read(connection -> Tokens.caller(connection, exchange));
    return new Answer(
        200,
        json -> {
          json.writeStartObject();
          json.writeBooleanField("authenticated", true);
          json.writeStringField("user", caller.email());
          json.writeEndObject();
        });
  }
}
