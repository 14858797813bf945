package dev.drillbook.benchmark;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Another proxy's process, where its program is on the PATH. */
final class Rival implements AutoCloseable {
  private final Process process;
  private final int port;

  private Rival(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static boolean isInstalled(String program) {
    return find(program).isPresent();
  }

  static Rival haproxy(Path folder, int upstream) throws IOException {
    int port = freePort();
    Path config =
        Files.writeString(
            folder.resolve("haproxy.cfg"),
            """
            defaults
              mode tcp
              timeout connect 5s
              timeout client 1h
              timeout server 1h
            listen db
              bind 127.0.0.1:%d
              server db 127.0.0.1:%d
            """
                .formatted(port, upstream));
    return start(port, "haproxy", "-db", "-f", config.toString());
  }

  static Rival socat(int upstream) throws IOException {
    int port = freePort();
    return start(
        port,
        "socat",
        "TCP4-LISTEN:" + port + ",bind=127.0.0.1,fork,reuseaddr,nodelay",
        "TCP4:127.0.0.1:" + upstream + ",nodelay");
  }

  /** The port is that of its API. */
  static Rival toxiproxy() throws IOException {
    int port = freePort();
    return start(port, "toxiproxy-server", "-host", "127.0.0.1", "-port", "" + port);
  }

  int port() {
    return port;
  }

  private static Rival start(int port, String program, String... arguments) throws IOException {
    String[] command = new String[arguments.length + 1];
    command[0] = find(program).orElseThrow().toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    await().until(() -> listens(port));
    return new Rival(process, port);
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Optional<Path> find(String program) {
    List<String> folders = Arrays.asList(System.getenv().getOrDefault("PATH", "").split(":", -1));
    return folders.stream()
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public void close() throws IOException {
    process.children().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
