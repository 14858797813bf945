package onetouch;

import dev.drillbook.site.Postgres;
import dev.drillbook.verification.CacheFollows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the cache should hold under each key, as the database has it when the first one is asked
 * for. To be asked once nobody writes any more.
 */
final class CardTexts implements CacheFollows.Truth {
  private final Postgres database;
  private Map<String, String> byKey = Map.of();

  CardTexts(Postgres database) {
    this.database = database;
  }

  @Override
  public synchronized Optional<String> of(String key) throws SQLException {
    if (byKey.isEmpty()) {
      byKey = read();
    }
    return Optional.ofNullable(byKey.get(key));
  }

  private Map<String, String> read() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select 'card:' || \"slug\", \"version\" || '|' || coalesce(\"photoEtag\", '-')"
                    + " || '|' || \"title\" from \"Card\"")) {
      Map<String, String> texts = new HashMap<>();
      while (rows.next()) {
        texts.put(rows.getString(1), rows.getString(2));
      }
      return texts;
    }
  }
}
