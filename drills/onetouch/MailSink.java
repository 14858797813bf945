package onetouch;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import web.Answer;
import web.Endpoint;
import web.Refused;
import web.Service;

/**
 * Stands for the provider that delivers e-mails, and for their recipients' patience: it counts how
 * often it was given each one. {@code POST /messages/{id}}; {@code GET /messages} answers with
 * {@code {"id":count}}.
 */
public final class MailSink implements Endpoint {
  private static final String PATH = "/messages";

  private final Map<String, Integer> timesGiven = new ConcurrentSkipListMap<>();

  private MailSink() {}

  public static void main(String[] args) throws IOException {
    Service.run(
        "mail",
        (service, environment) -> {
          service.route(PATH, new MailSink());
          service.health(() -> {});
        });
  }

  @Override
  public Answer answer(HttpExchange exchange) throws Refused {
    String below = exchange.getRequestURI().getPath().substring(PATH.length());
    if (exchange.getRequestMethod().equals("POST") && below.length() > 1) {
      timesGiven.merge(below.substring(1), 1, Integer::sum);
      return counts(202, Map.of());
    }
    if (exchange.getRequestMethod().equals("GET") && below.isEmpty()) {
      return counts(200, timesGiven);
    }
    throw new Refused(404, "no such page");
  }

  private static Answer counts(int status, Map<String, Integer> counts) {
    return new Answer(
        status,
        json -> {
          json.writeStartObject();
          for (Map.Entry<String, Integer> count : counts.entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
          }
          json.writeEndObject();
        });
  }
}
