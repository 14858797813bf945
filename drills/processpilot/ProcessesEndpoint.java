package processpilot;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import web.Answer;
import web.Database;
import web.Endpoint;
import web.Refused;

/**
 * {@code POST /api/processes}, {@code GET /api/processes/{ref}} and {@code POST
 * /api/processes/{ref}/transactions}. All three answer with the process as the database has it now.
 */
final class ProcessesEndpoint implements Endpoint {
  private static final String PATH = "/api/processes";
  private static final String BOOK = "/transactions";
  private static final int LARGEST_BODY_BYTES = 16 * 1024;

  private final Database database;
  private final RequestTrail trail;

  ProcessesEndpoint(Database database, RequestTrail trail) {
    this.database = database;
    this.trail = trail;
  }

  @Override
  public Answer answer(HttpExchange exchange)
      throws IOException, Refused, Database.Unavailable, Database.OutcomeUnknown {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY_BYTES);
    trail.keep(body);
    String request = exchange.getRequestMethod();
    String below = exchange.getRequestURI().getPath().substring(PATH.length());
    if (request.equals("POST") && below.isEmpty()) {
      ProcessRequest asked = ProcessRequest.parse(body);
      String ref = asked.ref();
      String title = asked.title();
      Booking first = asked.booking();
      return process(
          201,
          database.transact(
              connection ->
                  ProcessStore.open(
                      connection, Tokens.caller(connection, exchange), ref, title, first)));
    }
    if (request.equals("POST") && below.endsWith(BOOK)) {
      String ref = ref(below.substring(0, below.length() - BOOK.length()));
      Booking booking = ProcessRequest.parse(body).booking();
      return process(
          200,
          database.transact(
              connection ->
                  ProcessStore.book(
                      connection, Tokens.caller(connection, exchange), ref, booking)));
    }
    if (request.equals("GET")) {
      String ref = ref(below);
      return process(
          200,
          database.read(
              connection -> {
                Tokens.caller(connection, exchange);
                return ProcessStore.find(connection, ref)
                    .orElseThrow(() -> new Refused(404, "no process with ref " + ref));
              }));
    }
    throw new Refused(405, "only POST and GET");
  }

  private static String ref(String segment) throws Refused {
    if (segment.startsWith("/") && ProcessRequest.isRef(segment.substring(1))) {
      return segment.substring(1);
    }
    throw new Refused(404, "no such page");
  }

  private static Answer process(int status, ProcessView process) {
    return new Answer(
        status,
        json -> {
          json.writeStartObject();
          json.writeStringField("ref", process.ref());
          json.writeStringField("status", process.status());
          json.writeStringField("total", process.total().toPlainString());
          json.writeNumberField("transactions", process.transactions());
          json.writeEndObject();
        });
  }
}
