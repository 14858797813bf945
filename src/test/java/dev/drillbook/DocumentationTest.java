package dev.drillbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.PlanLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows is what there is. */
class DocumentationTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)[^)]*\\)");

  @Test
  void theReadmesDrillIsTheRealOne() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String drill =
        Files.readString(Path.of("drills", "dhakacart", "CompleteDatabaseLossDrill.java"));

    assertThat(readme).contains(drill.substring(drill.indexOf("@Drill")));
  }

  @Test
  void theExampleOfAPlanLoads(@TempDir Path folder) throws IOException {
    String page = Files.readString(Path.of("docs", "writing-a-drill.md"));
    int start = page.indexOf("```yaml\n") + 8;
    Files.writeString(
        folder.resolve("plan.yaml"), page.substring(start, page.indexOf("```", start)));
    String containers = Files.readString(Path.of("docs", "containers.md"));
    int compose = containers.indexOf("```yaml\nservices:\n") + 8;
    Files.writeString(
        folder.resolve("docker-compose.yml"),
        containers.substring(compose, containers.indexOf("```", compose)));
    Files.writeString(folder.resolve("schema.sql"), "");
    Files.writeString(folder.resolve("seed.sql"), "");
    Path script = Files.createDirectories(folder.resolve("scripts")).resolve("backup.sh");
    Files.writeString(script, "");
    assertThat(script.toFile().setExecutable(true)).isTrue();

    assertThat(PlanLoader.load(folder.resolve("plan.yaml")).scenario("database-loss")).isPresent();
  }

  @Test
  void theExampleOfARestoreCheckLoads(@TempDir Path folder) throws IOException {
    String page = Files.readString(Path.of("docs", "nightly.md"));
    int start = page.indexOf("```yaml\nrestoreChecks:\n") + 8;
    String plan =
        """
        system: shop
        title: A shop
        components:
          db: {kind: postgres, database: shop, user: shop, schema: schema.sql, tables: {orders: {minimumRows: 1}}}
        backups:
          nightly-dump: {component: db, retention: 30d, location: db, encryption: none}
        scenarios:
          loss:
            title: Loss
            severity: P1
            rto: 1h
            notDrilled: an example
            steps: [{id: restore, kind: automated, budget: 1h, restore: true}]
        """;
    Files.writeString(
        folder.resolve("plan.yaml"), plan + page.substring(start, page.indexOf("```", start)));
    Files.writeString(folder.resolve("schema.sql"), "");
    Path script = Files.createDirectories(folder.resolve("scripts")).resolve("restore-postgres.sh");
    Files.writeString(script, "");
    assertThat(script.toFile().setExecutable(true)).isTrue();

    assertThat(PlanLoader.load(folder.resolve("plan.yaml")).restoreChecks())
        .containsOnlyKeys("nightly-dump");
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<Path> pages;
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      pages =
          Stream.concat(
                  docs.filter(page -> page.toString().endsWith(".md")),
                  Stream.of("README.md", "CONTRIBUTING.md", "reports/README.md").map(Path::of))
              .toList();
    }
    for (Path page : pages) {
      Matcher links = LINK.matcher(Files.readString(page));
      while (links.find()) {
        Path target = page.toAbsolutePath().resolveSibling(links.group(1)).normalize();
        assertThat(target).as("%s links to %s", page, links.group(1)).exists();
      }
    }
  }
}
