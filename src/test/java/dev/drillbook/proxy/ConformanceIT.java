package dev.drillbook.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drillbook.proxy.ApiClient.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The same requests to this proxy and to the real server, where one is installed. */
class ConformanceIT {
  private static final String LATENCY =
      "{\"type\": \"latency\", \"attributes\": {\"latency\": 5, \"jitter\": 1}}";

  /** Method, path and body of each request, in order. */
  private static final List<List<String>> EXCHANGES =
      List.of(
          List.of("GET", "/proxies", ""),
          List.of("POST", "/proxies", ""),
          List.of("POST", "/proxies", "{"),
          List.of("POST", "/proxies", "[]"),
          List.of("POST", "/proxies", "null"),
          List.of("POST", "/proxies", "{}"),
          List.of("POST", "/proxies", "{\"name\": \"a\"}"),
          List.of("POST", "/proxies", "{\"name\": 5, \"upstream\": \"h:1\"}"),
          List.of("POST", "/proxies", "{\"name\": \"a\", \"upstream\": \"h:1\", \"enabled\": 1}"),
          List.of("POST", "/proxies", proxy("a", "127.0.0.1:0", "127.0.0.1:1")),
          List.of("POST", "/proxies", proxy("a", "127.0.0.1:0", "127.0.0.1:1")),
          List.of("POST", "/proxies", proxy("b", "1.2", "127.0.0.1:1")),
          List.of("POST", "/proxies", proxy("b", "127.0.0.1:x", "127.0.0.1:1")),
          List.of("POST", "/proxies", proxy("b", "", "nonsense")),
          List.of("POST", "/proxies", proxy("v6", "[::1]:0", "[::1]:1")),
          List.of("POST", "/proxies", proxy("name", "localhost:0", "localhost:1")),
          List.of(
              "POST",
              "/proxies",
              "{\"name\": \"off\", \"listen\": \"x\", \"upstream\": \"h:1\", \"enabled\": false}"),
          List.of("GET", "/proxies", ""),
          List.of("GET", "/proxies/a", ""),
          List.of("GET", "/proxies/none", ""),
          List.of("POST", "/proxies/none", "{}"),
          List.of("POST", "/proxies/a", "{}"),
          List.of("PATCH", "/proxies/a", "{\"enabled\": false}"),
          List.of("POST", "/proxies/a", "{\"enabled\": false}"),
          List.of("POST", "/proxies/a", "{\"enabled\": true, \"unknown\": 1}"),
          List.of("POST", "/proxies/a", "{\"enabled\": null}"),
          List.of("POST", "/proxies/a", "{\"name\": \"z\", \"upstream\": \"127.0.0.1:2\"}"),
          List.of("POST", "/proxies/a", "{\"listen\": \"1.2\"}"),
          List.of("POST", "/proxies/a", "{\"listen\": 5}"),
          List.of("POST", "/proxies/a", "{"),
          List.of("PUT", "/proxies/a", "{}"),
          List.of("GET", "/proxies/a/toxics", ""),
          List.of("GET", "/proxies/none/toxics", ""),
          List.of("POST", "/proxies/none/toxics", LATENCY),
          List.of("POST", "/proxies/a/toxics", LATENCY),
          List.of("POST", "/proxies/a/toxics", LATENCY),
          List.of("POST", "/proxies/a/toxics", "{"),
          List.of("POST", "/proxies/a/toxics", "{}"),
          List.of("POST", "/proxies/a/toxics", "{\"type\": \"earthquake\"}"),
          List.of("POST", "/proxies/a/toxics", "{\"type\": \"latency\", \"stream\": \"x\"}"),
          List.of("POST", "/proxies/a/toxics", "{\"type\": \"x\", \"stream\": \"x\"}"),
          List.of("POST", "/proxies/a/toxics", "{\"type\": \"timeout\", \"toxicity\": \"x\"}"),
          List.of("POST", "/proxies/a/toxics", "{\"type\": \"timeout\", \"attributes\": 5}"),
          List.of(
              "POST",
              "/proxies/a/toxics",
              "{\"type\": \"timeout\", \"attributes\": {\"timeout\": 1.5}}"),
          List.of(
              "POST",
              "/proxies/a/toxics",
              "{\"type\": \"timeout\", \"attributes\": {\"timeout\": \"1\"}}"),
          List.of(
              "POST",
              "/proxies/a/toxics",
              "{\"type\": \"timeout\", \"stream\": \"upstream\", \"attributes\": {\"timeout\": 1}}"),
          List.of("POST", "/proxies/a/toxics", "{\"type\": \"bandwidth\", \"toxicity\": 0.25}"),
          List.of("POST", "/proxies/a/toxics", "{\"type\": \"slow_close\", \"toxicity\": 7}"),
          List.of("POST", "/proxies/a/toxics", "{\"type\": \"slicer\", \"toxicity\": -1}"),
          List.of("POST", "/proxies/a/toxics", "{\"type\": \"limit_data\", \"name\": \"l\"}"),
          List.of("POST", "/proxies/a/toxics", "{\"type\": \"reset_peer\", \"attributes\": null}"),
          List.of("POST", "/proxies/a/toxics", "{\"type\": \"noop\"}"),
          List.of("GET", "/proxies/a/toxics", ""),
          List.of("GET", "/proxies/a/toxics/l", ""),
          List.of("GET", "/proxies/a/toxics/none", ""),
          List.of("POST", "/proxies/a/toxics/l", "{\"attributes\": {\"bytes\": 9}}"),
          List.of("PATCH", "/proxies/a/toxics/l", "{\"toxicity\": 0.5, \"name\": \"m\"}"),
          List.of("POST", "/proxies/a/toxics/l", "{\"attributes\": {\"bytes\": \"9\"}}"),
          List.of("POST", "/proxies/a/toxics/l", "{"),
          List.of("POST", "/proxies/a/toxics/none", "{}"),
          List.of("PUT", "/proxies/a/toxics/l", "{}"),
          List.of("DELETE", "/proxies/a/toxics/l", ""),
          List.of("DELETE", "/proxies/a/toxics/l", ""),
          List.of("DELETE", "/proxies/none/toxics/l", ""),
          List.of("GET", "/proxies/a", ""),
          List.of("POST", "/populate", "[]"),
          List.of("POST", "/populate", "{}"),
          List.of("POST", "/populate", "null"),
          List.of("POST", "/populate", "[{}]"),
          List.of("POST", "/populate", "[{\"name\": \"p\"}]"),
          List.of("POST", "/populate", "[5]"),
          List.of("POST", "/populate", "[" + proxy("p", "127.0.0.1:0", "h:1") + ", {}]"),
          List.of("GET", "/proxies/p", ""),
          List.of(
              "POST",
              "/populate",
              "["
                  + proxy("p", "127.0.0.1:0", "h:1")
                  + ", "
                  + proxy("a", "127.0.0.1:0", "h:2")
                  + "]"),
          List.of(
              "POST",
              "/populate",
              "[" + proxy("q", "127.0.0.1:0", "h:1") + ", " + proxy("r", "1.2", "h:2") + "]"),
          List.of("GET", "/proxies", ""),
          List.of("DELETE", "/proxies/off", ""),
          List.of("POST", "/reset", ""),
          List.of("GET", "/reset", ""),
          List.of("GET", "/proxies", ""),
          List.of("DELETE", "/proxies/p", ""),
          List.of("DELETE", "/proxies/p", ""),
          List.of("POST", "/version", ""),
          List.of("GET", "/version/", ""),
          List.of("GET", "/nothing", ""));

  @Test
  void everyExchangeGoesAsWithTheRealServer() throws Exception {
    Path program = realServer();
    int port = freePort();
    Process process =
        new ProcessBuilder(program.toString(), "-host", "127.0.0.1", "-port", "" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (FaultProxy faults = FaultProxy.start()) {
      InetSocketAddress real = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      await().until(() -> answers(real));
      ApiClient ours = new ApiClient(faults.api());
      ApiClient theirs = new ApiClient(real);
      for (List<String> exchange : EXCHANGES) {
        assertThat(shape(send(ours, exchange)))
            .as("%s", exchange)
            .isEqualTo(shape(send(theirs, exchange)));
      }
      assertThat(ours.send("GET", "/proxies", "", "Mozilla/5.0"))
          .isEqualTo(theirs.send("GET", "/proxies", "", "Mozilla/5.0"));
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static Answer send(ApiClient client, List<String> exchange) {
    return client.send(exchange.get(0), exchange.get(1), exchange.get(2));
  }

  /**
   * What both must have in common: ports are free ones, details of a parser's or a system's error
   * are their own, and the real server's proxies show an empty logger.
   */
  private static String shape(Answer answer) {
    if (!answer.body().startsWith("{") && !answer.body().startsWith("[")) {
      return answer.status() + " " + answer.body();
    }
    JsonNode body = answer.json();
    body.findParents("Logger").forEach(parent -> ((ObjectNode) parent).remove("Logger"));
    if (answer.status() >= 400) {
      String error = answer.error().replaceFirst("^bad request body: .*", "bad request body");
      ((ObjectNode) body).put("error", answer.status() == 500 ? "failed" : error);
    }
    return answer.status() + " " + body.toString().replaceAll("([\\].\\d]:)[1-9]\\d{3,}", "$1PORT");
  }

  private static boolean answers(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Path realServer() {
    Optional<Path> found =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
            .map(folder -> Path.of(folder, "toxiproxy-server"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "no toxiproxy-server on the PATH");
    return found.orElseThrow();
  }

  private static String proxy(String name, String listen, String upstream) {
    return "{\"name\": \"%s\", \"listen\": \"%s\", \"upstream\": \"%s\"}"
        .formatted(name, listen, upstream);
  }
}
