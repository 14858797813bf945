package web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Answers the requests below one path; {@link HttpFront} sends the answer. */
public interface Endpoint {
  /**
   * @throws IOException if the client is gone
   */
  Answer answer(HttpExchange exchange)
      throws IOException, Refused, Database.Unavailable, Database.OutcomeUnknown;
}
