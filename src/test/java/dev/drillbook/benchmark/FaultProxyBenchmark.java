package dev.drillbook.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.proxy.FarEnds;
import dev.drillbook.proxy.FaultProxy;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Site;
import dev.drillbook.site.Transcript;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import dev.drillbook.site.embedded.TestPlans;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the fault proxy costs without a fault, beside other proxies before the same PostgreSQL; how
 * exact its latency is; and what idle connections take. All proxies take their turn in each round,
 * so that a machine that slows down slows all of them down; the first round is discarded.
 */
class FaultProxyBenchmark {
  private static final int ROUNDS = 5;
  private static final int SECONDS = 3;
  private static final int EXCHANGES = 2_000;
  private static final int LATENCY_MILLIS = 5;
  private static final int IDLE = 5_000;
  private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");

  private static final Map<String, String> SCRIPTS =
      Map.of(
          "init.sh", "pgbench -i -q -s 20",
          "select.sh", "PGHOST=127.0.0.1 PGPORT=$1 pgbench -n -S -c $2 -j $2 -T $3",
          "copy.sh",
              "PGHOST=127.0.0.1 PGPORT=$1 psql -qc 'copy pgbench_accounts to stdout' >/dev/null");

  private final Map<String, List<Double>> measured = new LinkedHashMap<>();
  private final BenchmarkReport report = new BenchmarkReport("fault-proxy");

  @Test
  void againstOtherProxies(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("scripts"));
    for (Map.Entry<String, String> script : SCRIPTS.entrySet()) {
      Path file = folder.resolve("scripts").resolve(script.getKey());
      Files.writeString(file, "#!/bin/sh\nset -e\n" + script.getValue() + "\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    List<AutoCloseable> started = new ArrayList<>();
    try (Site site =
        EmbeddedSite.create(
            TestPlans.oneDatabase(folder, "create table t (id bigint primary key);"),
            1,
            Installations.ofThisMachine(System.getenv(), said -> {}))) {
      Postgres db = site.postgres("db");
      site.bringUp();
      run(site, db, "init.sh");
      Map<String, Integer> ports = start(folder, portOf(db), started);
      for (int round = 0; round <= ROUNDS; round++) {
        for (Map.Entry<String, Integer> way : ports.entrySet()) {
          measure(site, db, way.getKey(), way.getValue(), round);
        }
      }
    } finally {
      for (AutoCloseable each : started) {
        each.close();
      }
    }
    report();
    latency();
    idle();
    System.out.println("fault proxy: " + report.write());
  }

  private static Map<String, Integer> start(Path folder, int db, List<AutoCloseable> started)
      throws Exception {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("direct", db);
    BareRelay relay = new BareRelay(db);
    started.add(relay);
    ports.put("bare relay", relay.port());
    FaultProxy ours = FaultProxy.start();
    started.add(ours);
    ports.put("fault proxy", proxied(ours.api().getPort(), db));
    if (Rival.isInstalled("toxiproxy-server")) {
      Rival toxiproxy = Rival.toxiproxy();
      started.add(toxiproxy);
      ports.put("Toxiproxy", proxied(toxiproxy.port(), db));
    }
    if (Rival.isInstalled("haproxy")) {
      Rival haproxy = Rival.haproxy(folder, db);
      started.add(haproxy);
      ports.put("HAProxy", haproxy.port());
    }
    if (Rival.isInstalled("socat")) {
      Rival socat = Rival.socat(db);
      started.add(socat);
      ports.put("socat", socat.port());
    }
    return ports;
  }

  private void measure(Site site, Postgres db, String way, int port, int round) throws Exception {
    for (int clients : new int[] {1, 4}) {
      Transcript said =
          run(site, db, "select.sh", "" + port, "" + clients, "" + (round == 0 ? 2 : SECONDS));
      Matcher tps = TPS.matcher(said.text());
      assertThat(tps.find()).as(said.text()).isTrue();
      note(round, clients + " clients: " + way, Double.parseDouble(tps.group(1)));
    }
    long started = System.nanoTime();
    run(site, db, "copy.sh", "" + port);
    note(round, "copies per minute: " + way, 60e9 / (System.nanoTime() - started));
  }

  private void note(int round, String what, double value) {
    if (round > 0) {
      measured.computeIfAbsent(what, key -> new ArrayList<>()).add(value);
    }
  }

  private void report() {
    measured.forEach(
        (what, values) -> {
          double direct = median(measured.get(what.replaceAll(": .*", ": direct")));
          double value = median(values);
          System.out.printf(
              Locale.ROOT, "%-32s %9.1f  %.2f of direct%n", what, value, value / direct);
          report.add(what, value, "per s, or min").add(what + ", ratio", value / direct, "");
        });
  }

  private void latency() throws Exception {
    try (FaultProxy ours = FaultProxy.start()) {
      latency("fault proxy", ours.api().getPort());
    }
    if (Rival.isInstalled("toxiproxy-server")) {
      try (Rival toxiproxy = Rival.toxiproxy()) {
        latency("Toxiproxy", toxiproxy.port());
      }
    }
  }

  private void latency(String way, int api) throws Exception {
    try (ServerSocket upstream = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread echo = new Thread(() -> echo(upstream), "echo");
      echo.start();
      int port = proxied(api, upstream.getLocalPort());
      new ToxiproxyClient("127.0.0.1", api)
          .getProxy("db")
          .toxics()
          .latency("slow", ToxicDirection.DOWNSTREAM, LATENCY_MILLIS);
      double[] errors = new double[EXCHANGES];
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.setTcpNoDelay(true);
        for (int i = -200; i < EXCHANGES; i++) {
          long started = System.nanoTime();
          client.getOutputStream().write(1);
          assertThat(client.getInputStream().read()).isEqualTo(1);
          errors[Math.max(0, i)] = (System.nanoTime() - started) / 1e6 - LATENCY_MILLIS;
        }
      }
      echo.join();
      Arrays.sort(errors);
      double p50 = errors[EXCHANGES / 2];
      double p99 = errors[EXCHANGES * 99 / 100];
      System.out.printf(
          Locale.ROOT,
          "error of a latency of %d ms, round trip included, %s: median %.2f ms, p99 %.2f ms, least %.2f ms%n",
          LATENCY_MILLIS,
          way,
          p50,
          p99,
          errors[0]);
      report.add("latency error, median: " + way, p50, "ms");
      report.add("latency error, p99: " + way, p99, "ms");
    }
  }

  private static void echo(ServerSocket upstream) {
    try (Socket socket = upstream.accept()) {
      socket.setTcpNoDelay(true);
      int value;
      while ((value = socket.getInputStream().read()) >= 0) {
        socket.getOutputStream().write(value);
      }
    } catch (IOException e) {
      // The exchanges have ended.
    }
  }

  private void idle() throws Exception {
    Process farEnds =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FarEnds.class.getName())
            .start();
    try (FaultProxy ours = FaultProxy.start();
        BufferedReader said =
            new BufferedReader(
                new InputStreamReader(farEnds.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter tell =
            new PrintWriter(farEnds.getOutputStream(), true, StandardCharsets.UTF_8)) {
      int port = proxied(ours.api().getPort(), Integer.parseInt(said.readLine()));
      long before = usedBytes();
      tell.println(port);
      tell.println(IDLE);
      assertThat(said.readLine()).startsWith("connected");
      double megabytes = (usedBytes() - before) / 1e6;
      System.out.printf(Locale.ROOT, "%d idle connections: %.1f MB%n", IDLE, megabytes);
      report.add(IDLE + " idle connections", megabytes, "MB");
    } finally {
      farEnds.destroyForcibly();
      farEnds.waitFor();
    }
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
        + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
  }

  private static int proxied(int api, int upstream) throws IOException {
    String listen =
        new ToxiproxyClient("127.0.0.1", api)
            .createProxy("db", "127.0.0.1:0", "127.0.0.1:" + upstream)
            .getListen();
    return Integer.parseInt(listen.replaceAll(".*:", ""));
  }

  private static int portOf(Postgres db) throws Exception {
    try (var connection = db.connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("show port")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static Transcript run(Site site, Postgres db, String script, String... arguments)
      throws Exception {
    Transcript transcript = new Transcript(site.secrets());
    db.script(script, arguments).perform(transcript, Duration.ofMinutes(5));
    return transcript;
  }

  private static double median(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sorted().toArray()[values.size() / 2];
  }
}
