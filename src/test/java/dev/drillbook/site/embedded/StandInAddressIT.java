package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drillbook.site.embedded.standin.S3Accounts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which address a stand-in listens on. All of 127.0.0.0/8 is the loopback interface's on Linux. */
@EnabledOnOs(OS.LINUX)
class StandInAddressIT {
  private static final String DEFAULT = "127.0.0.1";
  private static final String OTHER = "127.0.0.2";
  private static final String PACKAGE = "dev.drillbook.site.embedded.standin.";

  @TempDir Path folder;
  private Path data;
  private int port;
  private Process server;

  @BeforeEach
  void chooseFolderAndPort() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.destroyForcibly().waitFor();
  }

  @Test
  void mongoListensOnLoopbackUnlessTold() throws IOException {
    run("MongoStandIn", data.toString(), String.valueOf(port));
    listensOnlyOn(DEFAULT, OTHER);
  }

  @Test
  void mongoListensOnTheAddressThatIsGiven() throws IOException {
    run("MongoStandIn", data.toString(), String.valueOf(port), OTHER);
    listensOnlyOn(OTHER, DEFAULT);
  }

  @Test
  void theObjectStoreListensOnLoopbackUnlessTold() throws IOException {
    run("S3StandIn", data.toString(), String.valueOf(port), accounts());
    listensOnlyOn(DEFAULT, OTHER);
  }

  @Test
  void theObjectStoreListensOnTheAddressThatIsGiven() throws IOException {
    run("S3StandIn", data.toString(), String.valueOf(port), accounts(), OTHER);
    listensOnlyOn(OTHER, DEFAULT);
  }

  private String accounts() throws IOException {
    Path file = folder.resolve("accounts");
    new S3Accounts(Map.of(), 0).write(file);
    return file.toString();
  }

  private void run(String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(StandIn.java(128, PACKAGE + main));
    command.addAll(List.of(arguments));
    server =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  private void listensOnlyOn(String host, String not) {
    await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> connects(host));
    assertThat(server.isAlive()).isTrue();
    assertThatThrownBy(() -> connects(not)).isInstanceOf(ConnectException.class);
  }

  private boolean connects(String host) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), 2_000);
      return true;
    }
  }
}
