package dev.drillbook.site.embedded;

import dev.drillbook.site.Networked;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client of an {@link EchoApp} with one connection, which it never replaces in silence. */
public final class KeptConnection implements AutoCloseable {
  private static final int ANSWERS_WITHIN_MILLIS = 5_000;

  private final Socket socket;

  /** Connects as clients do. */
  public KeptConnection(Networked to) throws IOException {
    socket = new Socket(to.clientAddress().getAddress(), to.clientAddress().getPort());
    socket.setSoTimeout(ANSWERS_WITHIN_MILLIS);
  }

  /** Asks for a variable on a connection of its own. */
  public static String askOnce(Networked to, String variable) throws IOException {
    try (KeptConnection connection = new KeptConnection(to)) {
      return connection.ask(variable);
    }
  }

  /**
   * Asks for a variable.
   *
   * @throws IOException if the connection has ended
   */
  public String ask(String variable) throws IOException {
    String request = "GET /" + variable + " HTTP/1.1\r\nHost: tiny\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int read = socket.getInputStream().read();
      if (read < 0) {
        throw new IOException("the connection has ended");
      }
      if (read == '\n') {
        return line.toString().strip();
      }
      line.append((char) read);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
