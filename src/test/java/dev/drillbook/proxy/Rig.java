package dev.drillbook.proxy;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Deque;

/** A fault proxy with one proxy, before a server of the test's own. */
final class Rig implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final FaultProxy faults;
  private final ToxiproxyClient client;
  private final ServerSocket upstream;
  private final Proxy proxy;
  private final Deque<Socket> opened = new ArrayDeque<>();

  Rig() throws IOException {
    this(1);
  }

  Rig(long seed) throws IOException {
    faults = FaultProxy.start(seed);
    client = new ToxiproxyClient(faults.api().getHostString(), faults.api().getPort());
    upstream = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
    upstream.setSoTimeout(PATIENCE_MILLIS);
    proxy = client.createProxy("db", "127.0.0.1:0", "127.0.0.1:" + upstream.getLocalPort());
  }

  /** A connection through the proxy, seen from both its ends. */
  record Wire(Socket client, Socket server) {
    Socket sender(ToxicDirection stream) {
      return stream == ToxicDirection.UPSTREAM ? client : server;
    }

    Socket receiver(ToxicDirection stream) {
      return stream == ToxicDirection.UPSTREAM ? server : client;
    }

    void send(ToxicDirection stream, byte[] bytes) throws IOException {
      sender(stream).getOutputStream().write(bytes);
    }

    byte[] receive(ToxicDirection stream, int length) throws IOException {
      return receiver(stream).getInputStream().readNBytes(length);
    }

    /** Minus one at the end; throws where the connection was reset. */
    int read(ToxicDirection stream) throws IOException {
      return receiver(stream).getInputStream().read();
    }
  }

  FaultProxy faults() {
    return faults;
  }

  ToxiproxyClient client() {
    return client;
  }

  Proxy proxy() {
    return proxy;
  }

  ServerSocket upstream() {
    return upstream;
  }

  int port() {
    return port(proxy);
  }

  static int port(Proxy proxy) {
    return Integer.parseInt(proxy.getListen().replaceAll(".*:", ""));
  }

  Wire open() throws IOException {
    Socket near = connect();
    return new Wire(near, accept());
  }

  Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
    return patient(socket);
  }

  Socket accept() throws IOException {
    return patient(upstream.accept());
  }

  private Socket patient(Socket socket) throws SocketException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    opened.push(socket);
    return socket;
  }

  @Override
  public void close() throws IOException {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
    upstream.close();
    faults.close();
  }
}
