package processpilot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import web.Refused;

/**
 * What a client sends, a flat object of texts: {@code
 * {"ref":"p-1","title":"Audit","transaction":"t-1","amount":"12.30"}} for a new process with its
 * first booking, {@code {"transaction":"t-2","amount":"7.00"}} for another one. Amounts are texts,
 * since a JSON number is binary to many clients, and money is not.
 */
final class ProcessRequest {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern REF = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final Pattern AMOUNT = Pattern.compile("\\d{1,8}\\.\\d{2}");
  private static final Set<String> FIELDS = Set.of("ref", "title", "transaction", "amount");

  private final Map<String, String> fields;

  private ProcessRequest(Map<String, String> fields) {
    this.fields = fields;
  }

  /**
   * @throws Refused with 400 if it is no such object
   */
  static ProcessRequest parse(byte[] body) throws Refused {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new Refused(400, "an object is expected");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        if (!FIELDS.contains(field) || json.nextToken() != JsonToken.VALUE_STRING) {
          throw new Refused(400, "not a field, or not a text: " + field);
        }
        fields.put(field, json.getText());
      }
    } catch (IOException e) {
      throw new Refused(400, "not JSON that can be read");
    }
    return new ProcessRequest(fields);
  }

  /** Whether a text could be a reference at all. */
  static boolean isRef(String text) {
    return REF.matcher(text).matches();
  }

  String ref() throws Refused {
    return required("ref", REF);
  }

  String title() throws Refused {
    return required("title", Pattern.compile(".{1,200}"));
  }

  Booking booking() throws Refused {
    BigDecimal amount = new BigDecimal(required("amount", AMOUNT));
    if (amount.signum() == 0) {
      throw new Refused(400, "amount must be above 0");
    }
    return new Booking(required("transaction", REF), amount);
  }

  private String required(String field, Pattern form) throws Refused {
    String value = fields.get(field);
    if (value == null || !form.matcher(value).matches()) {
      throw new Refused(400, field + " must be given and match " + form);
    }
    return value;
  }
}
