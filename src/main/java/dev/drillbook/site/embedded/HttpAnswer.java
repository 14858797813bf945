package dev.drillbook.site.embedded;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;

/**
 * Asks whether an HTTP server answers at all, whatever it answers.
 *
 * @param within how long it may take
 */
record HttpAnswer(URI address, Duration within) {

  /**
   * @throws IOException if it does not
   */
  void await() throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(Math.toIntExact(within.toMillis()));
    connection.setReadTimeout(Math.toIntExact(within.toMillis()));
    try {
      connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }
}
