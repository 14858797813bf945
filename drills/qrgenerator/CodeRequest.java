package qrgenerator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import web.Refused;

/**
 * What a client sends: an object of texts, {@code {"slug":"menu-1","target":"https://..."}} for a
 * code, {@code {"ref":"s-1"}} for a scan. Read token by token, as that starts fastest.
 */
final class CodeRequest {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern TARGET = Pattern.compile("https?://[^\\s]{1,2000}");

  private CodeRequest() {}

  /**
   * The texts of a request.
   *
   * @throws Refused with 400 if it holds anything but these fields
   */
  static Map<String, String> parse(byte[] body, String... fields) throws Refused {
    Map<String, String> texts = new HashMap<>();
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new Refused(400, "expected an object");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String field = json.currentName();
        if (json.nextToken() != JsonToken.VALUE_STRING) {
          throw new Refused(400, field + " must be a text");
        }
        texts.put(field, json.getText());
      }
    } catch (JsonProcessingException e) {
      throw new Refused(400, "not JSON that can be read: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new Refused(400, "not JSON that can be read");
    }
    for (String field : fields) {
      if (!texts.containsKey(field)) {
        throw new Refused(400, field + " is missing");
      }
    }
    if (texts.size() > fields.length) {
      throw new Refused(400, "only these fields are known: " + String.join(", ", fields));
    }
    return texts;
  }

  /** A slug or reference, which also stands in addresses. */
  static String name(String text) throws Refused {
    if (!NAME.matcher(text).matches()) {
      throw new Refused(400, "not a name (" + NAME + "): " + text);
    }
    return text;
  }

  static String target(String text) throws Refused {
    if (!TARGET.matcher(text).matches()) {
      throw new Refused(400, "target must be a web address");
    }
    return text;
  }
}
