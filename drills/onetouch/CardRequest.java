package onetouch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import web.Refused;

/**
 * What a client asks for: {@code {"slug":"s-1","userId":"user-7","title":"Sales","photo":"..."}}.
 * An update names neither slug nor user.
 *
 * @param photo its bytes; empty where the card gets none, or keeps the one that it has
 */
record CardRequest(String slug, String userId, String title, Optional<byte[]> photo) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final int LONGEST_TITLE = 200;

  /**
   * Reads a request.
   *
   * @throws Refused with 400 if it is not one
   */
  static CardRequest parse(byte[] body) throws Refused {
    String slug = "";
    String userId = "";
    String title = "";
    Optional<byte[]> photo = Optional.empty();
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new Refused(400, "a card is a JSON object");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String field = json.currentName();
        if (json.nextToken() != JsonToken.VALUE_STRING) {
          throw new Refused(400, field + " must be a text");
        }
        String value = json.getText();
        switch (field) {
          case "slug" -> slug = value;
          case "userId" -> userId = value;
          case "title" -> title = value;
          case "photo" -> photo = Optional.of(value.getBytes(StandardCharsets.UTF_8));
          default -> throw new Refused(400, "unknown field: " + field);
        }
      }
    } catch (IOException e) {
      throw new Refused(400, "not JSON that can be read");
    }
    if (title.isBlank() || title.length() > LONGEST_TITLE) {
      throw new Refused(400, "title must be 1 to " + LONGEST_TITLE + " characters");
    }
    return new CardRequest(slug, userId, title, photo);
  }

  /** Whether a text could be a card's slug at all. */
  static boolean isSlug(String text) {
    return SLUG.matcher(text).matches();
  }
}
