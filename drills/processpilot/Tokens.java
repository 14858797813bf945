package processpilot;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import web.Refused;

/** Who sends a request, by its API token. Looked up each time: a revoked token is out at once. */
final class Tokens {
  private static final String SCHEME = "Bearer ";

  private Tokens() {}

  /** The owner of a valid token. */
  record Caller(long userId, long organisationId, String email) {}

  /**
   * @throws Refused with 401 if the request has no token, or one that is unknown, expired or
   *     revoked
   */
  static Caller caller(Connection connection, HttpExchange exchange) throws SQLException, Refused {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null || !header.startsWith(SCHEME)) {
      throw new Refused(401, "send an API token: Authorization: Bearer ...");
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "select u.id, u.organisation_id, u.email from api_tokens t join users u"
                + " on u.id = t.user_id where t.token_hash = ? and t.revoked_at is null"
                + " and t.expires_at > now()")) {
      select.setBytes(1, hash(header.substring(SCHEME.length())));
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          throw new Refused(401, "the API token is unknown, expired or revoked");
        }
        return new Caller(rows.getLong(1), rows.getLong(2), rows.getString(3));
      }
    }
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
