package dev.drillbook.proxy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that holds both far ends of many idle connections, as one process may not have file
 * descriptors enough for all four ends. Prints its server's port, reads the proxy's port and how
 * many connections to make, says so when they are there, and ends with its input.
 */
public final class FarEnds {
  private FarEnds() {}

  public static void main(String[] args) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    InetAddress loopback = InetAddress.getLoopbackAddress();
    List<SocketChannel> held = new ArrayList<>();
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(loopback, 0), 4096);
      System.out.println(server.socket().getLocalPort());
      InetSocketAddress proxy = new InetSocketAddress(loopback, Integer.parseInt(in.readLine()));
      int count = Integer.parseInt(in.readLine());
      for (int i = 0; i < count; i++) {
        held.add(SocketChannel.open(proxy));
        held.add(server.accept());
      }
      System.out.println("connected " + held.size());
      in.readLine();
    }
  }
}
