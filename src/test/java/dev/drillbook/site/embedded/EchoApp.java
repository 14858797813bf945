package dev.drillbook.site.embedded;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** An app that answers with the variable of its environment that it is asked for. */
public final class EchoApp {
  private EchoApp() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println("hello from process " + ProcessHandle.current().pid());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("goodbye")));
    int port = Integer.parseInt(System.getenv("PORT"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(System.getenv("BIND_ADDRESS"), port), 0);
    server.createContext(
        "/",
        exchange -> {
          String name = exchange.getRequestURI().getPath().substring(1);
          byte[] answer = String.valueOf(System.getenv(name)).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }
}
