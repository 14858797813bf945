package dev.drillbook.site.embedded.standin.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;

/** A connection to a server. */
final class RedisConnection implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  private RedisConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = new BufferedOutputStream(socket.getOutputStream());
  }

  /**
   * Connects.
   *
   * @throws CliFailure if nobody is there
   */
  static RedisConnection open(String host, int port) {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(host, port));
      return new RedisConnection(socket);
    } catch (IOException | IllegalArgumentException e) {
      throw new CliFailure(
          "Could not connect to Redis at "
              + host
              + ":"
              + port
              + ": "
              + (e instanceof ConnectException ? "Connection refused" : e.getMessage()));
    }
  }

  Reply call(String... command) throws IOException {
    return call(Arrays.stream(command).map(word -> word.getBytes(UTF_8)).toList());
  }

  Reply call(List<byte[]> command) throws IOException {
    out.write(("*" + command.size() + "\r\n").getBytes(UTF_8));
    for (byte[] word : command) {
      out.write(("$" + word.length + "\r\n").getBytes(UTF_8));
      out.write(word);
      out.write("\r\n".getBytes(UTF_8));
    }
    out.flush();
    return Reply.read(in);
  }

  /** Sends a command whose answer is no reply. */
  DataInputStream send(String line) throws IOException {
    out.write((line + "\r\n").getBytes(UTF_8));
    out.flush();
    return in;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
