package dev.drillbook.proxy;

import dev.drillbook.timeline.DrillException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;

/**
 * Plays Toxiproxy's server as a program: {@code toxiproxy-server [-host ADDRESS] [-port PORT]}. It
 * runs until it is killed. Other options of the real one are refused by name.
 */
public final class ToxiproxyServer {

  /** The real server's defaults. */
  private static final String HOST = "localhost";

  private static final String PORT = "8474";

  private ToxiproxyServer() {}

  public static void main(String[] arguments) throws InterruptedException {
    start(arguments);
    // All of the proxy's threads are daemons, and would end with this one.
    new CountDownLatch(1).await();
  }

  /**
   * Starts a proxy as {@code arguments} say.
   *
   * @throws DrillException for an option that it does not have, or a value that cannot be used
   */
  static FaultProxy start(String... arguments) {
    String host = HOST;
    String port = PORT;
    for (int i = 0; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      String option = equals < 0 ? arguments[i] : arguments[i].substring(0, equals);
      String name = option.replaceFirst("^--?", "");
      if (option.equals(name) || !(name.equals("host") || name.equals("port"))) {
        throw new DrillException(
            "'" + option + "' is no option of this stand-in for Toxiproxy",
            "it has -host and -port; for others install the real one");
      }
      if (equals < 0 && i + 1 == arguments.length) {
        throw new DrillException(option + " lacks its value", "give it as " + option + " VALUE");
      }
      String value = equals < 0 ? arguments[++i] : arguments[i].substring(equals + 1);
      if (name.equals("host")) {
        host = value;
      } else {
        port = value;
      }
    }
    return FaultProxy.start(new InetSocketAddress(address(host), number(port)));
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new DrillException(
          "-host " + host + " is not known", "name an address of this machine", e);
    }
  }

  private static int number(String port) {
    try {
      int number = Integer.parseInt(port);
      if (number >= 0 && number <= 0xffff) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new DrillException(
        "-port " + port + " is no port", "give a number from 0, for any free one, to 65535");
  }
}
