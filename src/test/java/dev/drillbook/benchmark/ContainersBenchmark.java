package dev.drillbook.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.App;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Redis;
import dev.drillbook.site.Site;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.containers.Containers;
import dev.drillbook.site.containers.LocalEngine;
import dev.drillbook.site.embedded.EchoApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * How long it takes until a database, its cache and an app answer in containers: as a site, and by
 * three bare {@code docker run} of the same images, which share no network, data or secrets and
 * have no proxy before them. The two take turns; the first round is discarded.
 */
class ContainersBenchmark {
  private static final int ROUNDS = 5;
  private static final Duration UP_WITHIN = Duration.ofMinutes(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> started = new ArrayList<>();

  @Test
  void startAgainstBareDockerRun(@TempDir Path folder) throws Exception {
    Optional<String> missing = LocalEngine.missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElseThrow());
    DrillPlan plan = plan(folder);
    List<Double> sites = new ArrayList<>();
    List<Double> hands = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round <= ROUNDS; round++) {
      double hand = byHandSeconds();
      double site = siteSeconds(plan);
      if (round > 0) {
        hands.add(hand);
        sites.add(site);
        ratios.add(site / hand);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "containers answer: site %.2f s, bare docker run %.2f s, ratio %.2f (medians of %d rounds; ratios %s)%n",
        median(sites),
        median(hands),
        median(ratios),
        ROUNDS,
        ratios.stream().map(ratio -> String.format(Locale.ROOT, "%.2f", ratio)).toList());
    System.out.println(
        "containers: "
            + new BenchmarkReport("containers")
                .add("site answers", median(sites), "s")
                .add("bare docker run answers", median(hands), "s")
                .add("ratio", median(ratios), "1")
                .write());
  }

  private static DrillPlan plan(Path folder) throws IOException {
    Files.writeString(folder.resolve("schema.sql"), "create table t (id bigint primary key);");
    return PlanLoader.load(
        Files.writeString(
            folder.resolve("plan.yaml"),
            """
            system: tiny
            title: A database, its cache and an app
            components:
              db: {kind: postgres, database: tiny, user: clerk, schema: schema.sql, tables: {t: {mayBeEmpty: true}}}
              cache: {kind: redis, persistence: none}
              echo: {kind: app, command: ["{java}", "-cp", "{classpath}", %s], health: /HOME, needs: [db, cache]}
            scenarios:
              loss:
                title: Loss
                severity: P1
                rto: 1h
                steps:
                  - {id: restore, kind: automated, budget: 1m, restore: true}
            """
                .formatted(EchoApp.class.getName())));
  }

  private double siteSeconds(DrillPlan plan) throws Exception {
    long began = System.nanoTime();
    try (Site site = new Containers(System.getenv(), true).create(plan, SiteSettings.ofScale(1))) {
      Postgres db = site.postgres("db");
      Redis cache = site.redis("cache");
      App echo = site.app("echo");
      site.bringUp();
      try (Connection connection = db.connect()) {
        assertThat(connection.isValid(5)).isTrue();
      }
      try (Jedis client = cache.connect()) {
        client.ping();
      }
      ask(echo.health());
      return secondsSince(began);
    }
  }

  private double byHandSeconds() throws Exception {
    int db = Rival.freePort();
    int cache = Rival.freePort();
    int echo = Rival.freePort();
    Path classes =
        Path.of(EchoApp.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    long began = System.nanoTime();
    try {
      run(
          List.of("--user=65534:65534", "--publish=127.0.0.1:" + db + ":5432"),
          "drillbook/postgres:local",
          "sh",
          "-c",
          "initdb --pgdata=/tmp/data --username=clerk --auth=trust >/dev/null"
              + " && echo host all all all trust >>/tmp/data/pg_hba.conf"
              + " && exec postgres -D /tmp/data -c listen_addresses='*'");
      run(
          List.of("--publish=127.0.0.1:" + cache + ":6379"),
          "drillbook/redis:local",
          "redis-server",
          "--bind",
          "0.0.0.0",
          "--protected-mode",
          "no");
      run(
          List.of(
              "--publish=127.0.0.1:" + echo + ":8080",
              "--env=PORT=8080",
              "--env=BIND_ADDRESS=0.0.0.0",
              "--volume=" + classes + ":/app:ro"),
          "drillbook/java:local",
          "java",
          "-cp",
          "/app",
          EchoApp.class.getName());
      until(
          () ->
              DriverManager.getConnection(
                      "jdbc:postgresql://127.0.0.1:" + db + "/postgres?user=clerk")
                  .close());
      until(
          () -> {
            try (Jedis client = new Jedis("127.0.0.1", cache)) {
              client.ping();
            }
          });
      until(() -> ask(URI.create("http://127.0.0.1:" + echo + "/HOME")));
      return secondsSince(began);
    } finally {
      List<String> remove = new ArrayList<>(List.of("docker", "rm", "--force", "--volumes"));
      remove.addAll(started);
      docker(remove);
      started.clear();
    }
  }

  private void run(List<String> options, String image, String... program) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker", "run", "--detach"));
    command.addAll(options);
    command.add(image);
    command.addAll(List.of(program));
    started.add(docker(command));
  }

  private static String docker(List<String> command) throws Exception {
    Process docker =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said =
        new String(docker.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(docker.waitFor()).as("%s", command).isZero();
    return said;
  }

  private static void until(ThrowingRunnable question) {
    await()
        .atMost(UP_WITHIN)
        .pollDelay(Duration.ZERO)
        .pollInterval(LOOK_EVERY)
        .ignoreExceptions()
        .untilAsserted(question);
  }

  private void ask(URI address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
    assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static double median(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sorted().toArray()[values.size() / 2];
  }
}
