package web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An HTTP answer with a JSON body. */
public record Answer(int status, Json body) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Writes one JSON value. */
  public interface Json {
    void writeTo(JsonGenerator json) throws IOException;
  }

  public static Answer error(int status, String error) {
    return new Answer(
        status,
        json -> {
          json.writeStartObject();
          json.writeStringField("error", error);
          json.writeEndObject();
        });
  }

  public static Answer error(int status, String error, String reason) {
    return new Answer(
        status,
        json -> {
          json.writeStartObject();
          json.writeStringField("error", error);
          json.writeStringField("reason", reason);
          json.writeEndObject();
        });
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      body.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }
}
