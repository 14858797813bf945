package dev.drillbook.proxy;

import dev.drillbook.proxy.Refusal.Reason;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A host and a port as the API writes them: {@code host:port}, {@code [::1]:port}. An empty host is
 * every interface, port 0 is any free one.
 */
record Address(String host, int port) {
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*|");
  private static final String EVERY_INTERFACE = "::";

  /** Throws a refusal where the text is no address. */
  static Address parse(String text) {
    if (text.isEmpty()) {
      return new Address("", 0);
    }
    int colon = text.lastIndexOf(':');
    if (colon < 0 || text.endsWith("]")) {
      throw unusable(text, "it lacks a port");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw unusable(text, "it has more than one colon; write [host]:port");
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port >= 0 && port <= 0xffff) {
        return new Address(host, port);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw unusable(text, "its port is not a number from 0 to 65535");
  }

  /** Looks the host's name up, where it is one. */
  InetSocketAddress resolved() {
    try {
      return new InetSocketAddress(lookUp(), port);
    } catch (UnknownHostException e) {
      throw unusable(host + ":" + port, "its host is not known");
    }
  }

  /** Whether the host is a number or empty, so that nothing has to be looked up. */
  boolean isLiteral() {
    return LITERAL.matcher(host).matches();
  }

  /** The same with its host looked up, as the API shows where a proxy listens. */
  Address numeric() {
    InetAddress address = resolved().getAddress();
    return new Address(host.isEmpty() ? EVERY_INTERFACE : text(address), port);
  }

  Address withPort(int actual) {
    return new Address(host, actual);
  }

  private InetAddress lookUp() throws UnknownHostException {
    return host.isEmpty() ? InetAddress.getByName(EVERY_INTERFACE) : InetAddress.getByName(host);
  }

  private static String text(InetAddress address) {
    if (address instanceof Inet6Address) {
      return address.isAnyLocalAddress()
          ? EVERY_INTERFACE
          : address.isLoopbackAddress() ? "::1" : address.getHostAddress();
    }
    return address.getHostAddress();
  }

  private static Refusal unusable(String text, String why) {
    return new Refusal(Reason.FAILED, "address " + text + " cannot be used: " + why);
  }

  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
