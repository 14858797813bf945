package dev.drillbook.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ManyConnectionsIT {
  @Test
  void tenThousandConnectionsLeaveNothingBehind() throws Exception {
    try (Rig rig = new Rig()) {
      rig.proxy().toxics().latency("slow", eu.rekawek.toxiproxy.model.ToxicDirection.UPSTREAM, 0);
      Thread server = new Thread(() -> closeEveryClient(rig.upstream()), "server");
      server.start();
      connect(rig, 200);
      int threads = Thread.activeCount();
      long files = openFiles();
      connect(rig, 10_000);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(openFiles()).isLessThanOrEqualTo(files + 20));
      assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 4);
      rig.upstream().close();
      server.join();
    }
  }

  @Test
  void closingAFaultProxyReturnsItsFilesAndThreads() throws Exception {
    FaultProxy.start().close();
    long files = openFiles();
    for (int i = 0; i < 20; i++) {
      try (Rig rig = new Rig()) {
        rig.open();
        rig.connect();
      }
    }
    await().untilAsserted(() -> assertThat(openFiles()).isLessThanOrEqualTo(files + 3));
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("drillbook-proxy")));
  }

  @Test
  void fiveThousandIdleConnectionsTakeAtMostSixtyFourMegabytes() throws Exception {
    Process farEnds = javaProcess(FarEnds.class);
    try (FaultProxy faults = FaultProxy.start();
        BufferedReader said =
            new BufferedReader(new InputStreamReader(farEnds.getInputStream(), UTF_8));
        PrintWriter tell = new PrintWriter(farEnds.getOutputStream(), true, UTF_8)) {
      ToxiproxyClient client =
          new ToxiproxyClient(faults.api().getHostString(), faults.api().getPort());
      Proxy proxy = client.createProxy("idle", "127.0.0.1:0", "127.0.0.1:" + said.readLine());
      long before = usedBytes();
      tell.println(Rig.port(proxy));
      tell.println(5_000);
      assertThat(said.readLine()).startsWith("connected");
      assertThat(openFiles()).isGreaterThan(10_000);
      assertThat(usedBytes() - before).isLessThan(64L << 20);
    } finally {
      farEnds.destroyForcibly();
      farEnds.waitFor();
    }
  }

  private static void connect(Rig rig, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
        client.getOutputStream().write(1);
        assertThat(client.getInputStream().read()).isEqualTo(2);
      }
    }
  }

  private static void closeEveryClient(ServerSocket upstream) {
    while (true) {
      try (Socket socket = upstream.accept()) {
        socket.getInputStream().read();
        socket.getOutputStream().write(2);
      } catch (IOException e) {
        return;
      }
    }
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return direct + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static Process javaProcess(Class<?> main) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
