package onetouch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import web.Database;
import web.Refused;

/** Cards in the database, and the e-mails that they cause. */
final class CardStore {
  private static final String FOREIGN_KEY_VIOLATION = "23503";
  private static final String CARD =
      "select \"slug\", \"title\", \"version\", \"photoKey\", \"photoEtag\" from \"Card\"";

  private final Database database;

  CardStore(Database database) {
    this.database = database;
  }

  /**
   * Creates a card. Its owner is told by e-mail if there is a photo on it to look at.
   *
   * @throws Refused with 409 if the slug is taken, with 422 if the user is unknown
   */
  Card create(CardRequest request, Optional<Card.Photo> photo)
      throws Database.Unavailable, Database.OutcomeUnknown, Refused {
    return database.transact(
        connection -> {
          long id = insert(connection, request, photo);
          if (photo.isPresent()) {
            announce(connection, id, request);
          }
          return new Card(request.slug(), request.title(), 1, photo);
        });
  }

  /** What an update did: the card as it is now, and the photo that it replaced. */
  record Updated(Card card, Optional<Card.Photo> replaced) {}

  /**
   * Gives a card another title and, where there is one, another photo.
   *
   * @throws Refused with 404 if there is no such card
   */
  Updated update(String slug, String title, Optional<Card.Photo> photo)
      throws Database.Unavailable, Database.OutcomeUnknown, Refused {
    return database.transact(
        connection -> {
          Card before =
              one(connection, slug, " for update")
                  .orElseThrow(() -> new Refused(404, "no card " + slug));
          Card after = new Card(slug, title, before.version() + 1, photo.or(before::photo));
          change(connection, after);
          boolean replaces = photo.isPresent() && !photo.equals(before.photo());
          return new Updated(after, replaces ? before.photo() : Optional.empty());
        });
  }

  /** Empty if there is no such card. */
  Optional<Card> find(String slug) throws Database.Unavailable, Refused {
    return database.read(connection -> one(connection, slug, ""));
  }

  /** The cards that were changed last. */
  List<Card> latest(int limit) throws Database.Unavailable, Refused {
    return database.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(CARD + " order by \"updatedAt\" desc limit ?")) {
            select.setInt(1, limit);
            List<Card> cards = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                cards.add(card(rows));
              }
            }
            return cards;
          }
        });
  }

  /** Returns if cards can be read; the database must answer, not just accept. */
  void touch() throws Database.Unavailable, Refused {
    boolean unused =
        database.read(
            connection -> {
              try (PreparedStatement select =
                      connection.prepareStatement("select 1 from \"Card\" limit 1");
                  ResultSet rows = select.executeQuery()) {
                return rows.next();
              }
            });
  }

  private static long insert(Connection connection, CardRequest request, Optional<Card.Photo> photo)
      throws SQLException, Refused {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into \"Card\" (\"slug\", \"userId\", \"title\", \"photoKey\", \"photoEtag\")"
                + " values (?, ?, ?, ?, ?) on conflict (\"slug\") do nothing returning \"id\"")) {
      insert.setString(1, request.slug());
      insert.setString(2, request.userId());
      insert.setString(3, request.title());
      insert.setString(4, photo.map(Card.Photo::key).orElse(null));
      insert.setString(5, photo.map(Card.Photo::etag).orElse(null));
      try (ResultSet rows = insert.executeQuery()) {
        if (!rows.next()) {
          throw new Refused(409, "a card with this slug exists: " + request.slug());
        }
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      if (FOREIGN_KEY_VIOLATION.equals(e.getSQLState())) {
        throw new Refused(422, "unknown user: " + request.userId());
      }
      throw e;
    }
  }

  private static void announce(Connection connection, long id, CardRequest request)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into \"Email\" (\"cardId\", \"recipient\", \"subject\")"
                + " select ?, \"email\", ? from \"User\" where \"id\" = ?")) {
      insert.setLong(1, id);
      insert.setString(2, "Your card " + request.slug());
      insert.setString(3, request.userId());
      insert.executeUpdate();
    }
  }

  private static void change(Connection connection, Card after) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update \"Card\" set \"title\" = ?, \"version\" = ?, \"photoKey\" = ?,"
                + " \"photoEtag\" = ?, \"updatedAt\" = now() where \"slug\" = ?")) {
      update.setString(1, after.title());
      update.setInt(2, after.version());
      update.setString(3, after.photo().map(Card.Photo::key).orElse(null));
      update.setString(4, after.photo().map(Card.Photo::etag).orElse(null));
      update.setString(5, after.slug());
      update.executeUpdate();
    }
  }

  private static Optional<Card> one(Connection connection, String slug, String lock)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(CARD + " where \"slug\" = ?" + lock)) {
      select.setString(1, slug);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(card(rows)) : Optional.empty();
      }
    }
  }

  private static Card card(ResultSet row) throws SQLException {
    String key = row.getString("photoKey");
    return new Card(
        row.getString("slug"),
        row.getString("title"),
        row.getInt("version"),
        key == null
            ? Optional.empty()
            : Optional.of(new Card.Photo(key, row.getString("photoEtag"))));
  }
}
