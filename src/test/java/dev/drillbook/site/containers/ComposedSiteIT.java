package dev.drillbook.site.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.App;
import dev.drillbook.site.Condition;
import dev.drillbook.site.Site;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.embedded.EchoApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Components that are played by services of a Compose file, as that file says. */
class ComposedSiteIT {
  private static final String ECHO = EchoApp.class.getName();

  @TempDir Path folder;
  private DockerClient docker;
  private Site site;
  private String built;

  @BeforeEach
  void requireEngine() {
    LocalEngine.require();
    docker = Docker.connect(System.getenv());
  }

  @AfterEach
  void close() {
    LocalEngine.close(site);
    if (built != null) {
      docker.removeImageCmd(built).withForce(true).exec();
    }
  }

  private void create(String components, String services, String compose) throws Exception {
    Files.writeString(folder.resolve("schema.sql"), "create table t (id bigint primary key);");
    Files.writeString(folder.resolve("docker-compose.yml"), compose);
    Path plan =
        Files.writeString(
            folder.resolve("plan.yaml"),
            """
            system: tiny
            title: What a Compose file says
            components:
            %s
            images: {network: "drillbook/toxiproxy:local"}
            compose:
              file: docker-compose.yml
              services: {%s}
            backups:
              dump: {component: db, schedule: "0 * * * *", retention: 1d, location: dumps, encryption: none}
            scenarios:
              loss:
                title: Loss
                severity: P1
                rto: 1h
                rpo: 2h
                backup: dump
                steps:
                  - {id: restore, kind: automated, budget: 1m, restore: true}
            """
                .formatted(components.indent(2), services));
    site =
        new Containers(System.getenv(), false)
            .create(PlanLoader.load(plan), SiteSettings.ofScale(1));
  }

  /** The app's classes, in a folder of their own. */
  private static void putEchoApp(Path classes) throws Exception {
    String file = ECHO.replace('.', '/') + ".class";
    Path from = Path.of(EchoApp.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Files.createDirectories(classes.resolve(file).getParent());
    Files.copy(from.resolve(file), classes.resolve(file));
  }

  private static String ask(App app, String variable) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(app.address() + "/" + variable))
                .timeout(Duration.ofSeconds(5))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void imagesCommandAndEnvironmentAreTheServices() throws Exception {
    putEchoApp(folder.resolve("app"));
    Files.writeString(folder.resolve(".env"), "API_TOKEN=s3cr3t-of-the-shop\n");
    create(
        """
        db: {kind: postgres, database: tiny, user: clerk, schema: schema.sql, tables: {t: {mayBeEmpty: true}}}
        cache: {kind: redis}
        shop: {kind: app, health: /HOME, needs: [db, cache], environment: {MODE: drill}}
        """,
        "db: postgres, cache: redis, shop: backend",
        """
        services:
          postgres:
            image: drillbook/postgres:local
            environment: {POSTGRES_DB: tiny, POSTGRES_USER: clerk}
          redis:
            image: ${NO_SUCH_REDIS_IMAGE:-drillbook/redis:local}
          backend:
            image: drillbook/java:local
            command: >-
              sh -c 'echo "token $$API_TOKEN";
              exec java -cp "$$DRILLBOOK_SITE/plan/app" %s'
            environment:
              - API_TOKEN=${API_TOKEN}
              - REGION=west
              - MODE=production
              - PORT=3000
              - DB_HOST=postgres
        """
            .formatted(ECHO));
    App shop = site.app("shop");
    site.postgres("db");
    site.redis("cache");
    site.bringUp();

    assertThat(site.describe())
        .anyMatch(line -> line.matches("db: PostgreSQL .*, image drillbook/postgres:local"))
        .anyMatch(line -> line.matches("cache: Redis .*, image drillbook/redis:local"))
        .contains("shop: service backend of docker-compose.yml, image drillbook/java:local");
    try (Connection connection = site.postgres("db").connect();
        Jedis client = site.redis("cache").connect()) {
      assertThat(connection.isValid(5)).isTrue();
      assertThat(client.ping()).isEqualTo("PONG");
    }
    assertThat(ask(shop, "REGION")).isEqualTo("west");
    assertThat(ask(shop, "MODE")).as("of the plan").isEqualTo("drill");
    assertThat(ask(shop, "DB_HOST")).as("of the site").isEqualTo("network");
    assertThat(ask(shop, "PORT")).as("of the site").isNotEqualTo("3000");
    assertThat(ask(shop, "API_TOKEN")).isEqualTo("s3cr3t-of-the-shop");
    assertThat(site.secrets()).contains("s3cr3t-of-the-shop");
    assertThat(shop.logTail(5)).contains("token ********");
    assertThat(site.describe()).noneMatch(line -> line.contains("s3cr3t"));
  }

  @Test
  void anImageRunsWhatItRunsByItselfOrWhatItsServiceSays() throws Exception {
    Path context = Files.createDirectories(folder.resolve("context"));
    putEchoApp(context.resolve("app"));
    Files.writeString(
        context.resolve("Dockerfile"),
        """
        FROM drillbook/java:local
        COPY app /srv/app
        COPY app /opt/other
        WORKDIR /srv
        ENTRYPOINT ["java", "-cp", "app"]
        CMD ["%s"]
        """
            .formatted(ECHO));
    built = "drillbook-composed-it:" + ProcessHandle.current().pid();
    docker
        .buildImageCmd(context.toFile())
        .withTags(Set.of(built))
        .exec(new BuildImageResultCallback())
        .awaitImageId();
    create(
        """
        db: {kind: redis}
        own: {kind: app, health: /HOME}
        said: {kind: app, health: /HOME}
        wrapped: {kind: app, health: /HOME}
        """,
        "db: redis, own: own, said: said, wrapped: wrapped",
        """
        services:
          redis: {image: "drillbook/redis:local"}
          own: {image: "%1$s"}
          said:
            image: "%1$s"
            working_dir: /opt
            entrypoint: [java, -Da=b, -cp, other]
            command: %2$s
          wrapped:
            image: "%1$s"
            entrypoint: [sh, -c]
            command: ["java -cp app %2$s; true"]
        """
            .formatted(built, ECHO));
    App own = site.app("own");
    App said = site.app("said");
    site.app("wrapped");
    site.bringUp();
    assertThat(ask(own, "BIND_ADDRESS")).isEqualTo("0.0.0.0");
    assertThat(ask(said, "BIND_ADDRESS")).isEqualTo("0.0.0.0");

    App wrapped = site.app("wrapped");
    assertThat(ask(wrapped, "BIND_ADDRESS")).isEqualTo("0.0.0.0");
    wrapped.stop();
    assertThat(wrapped.condition()).isEqualTo(Condition.DOWN);
    assertThatThrownBy(() -> ask(wrapped, "HOME"))
        .as("what the shell had started has ended with it")
        .isInstanceOf(IOException.class);
    assertThat(wrapped.logTail(5)).as("a shell hears SIGTERM").noneMatch(l -> l.contains("killed"));
  }
}
