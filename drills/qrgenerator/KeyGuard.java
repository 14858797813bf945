package qrgenerator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import web.Refused;

/** Tells whose an API key is. Keys are random and long, so that one round of a hash is enough. */
final class KeyGuard {
  private static final String SCHEME = "Bearer ";

  private final String pepper;

  KeyGuard(String pepper) {
    this.pepper = pepper;
  }

  /**
   * The user of a request.
   *
   * @param authorization its header, or null
   * @throws Refused with 401 if it names no key that is known and not revoked
   */
  long userOf(Connection connection, String authorization) throws SQLException, Refused {
    if (authorization == null || !authorization.startsWith(SCHEME)) {
      throw new Refused(401, "send the header Authorization: Bearer KEY");
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "select \"userId\" from \"ApiKey\" where \"keyHash\" = ? and \"revokedAt\" is null")) {
      select.setString(1, hash(authorization.substring(SCHEME.length())));
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          throw new Refused(401, "this API key is unknown or revoked");
        }
        return rows.getLong(1);
      }
    }
  }

  String hash(String key) {
    try {
      byte[] peppered = (pepper + ":" + key).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(peppered));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
