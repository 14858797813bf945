package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.plan.DrillPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoundToolTest {
  @TempDir Path folder;

  @Test
  void theMachinesToolIsUsedIfItRuns() {
    FakePrograms.script(folder, "redis-cli", "echo redis-cli 7.0.15");
    FoundTool found = look(ScriptTool.REDIS_CLI);
    assertThat(found.isOurs()).isFalse();
    assertThat(found.describe()).isEqualTo("redis-cli: redis-cli 7.0.15 from " + folder);
  }

  @Test
  void whatIsMissingOrDoesNotRunIsOurs() {
    assertThat(look(ScriptTool.REDIS_CLI).describe())
        .isEqualTo("redis-cli: Drillbook's own (this machine has none)");
    FakePrograms.script(folder, "redis-cli", "echo 'shim: command not found' >&2; exit 127");
    FoundTool shim = look(ScriptTool.REDIS_CLI);
    assertThat(shim.isOurs()).isTrue();
    assertThat(shim.said()).endsWith("redis-cli --version ends with exit code 127");
  }

  @Test
  void anAwsThatPassesOverTheEndpointWouldReachTheRealCloudAndIsNotUsed() {
    for (String version : List.of("aws-cli/1.28.9", "aws-cli/2.12.7", "something else")) {
      FakePrograms.script(folder, "aws", "echo '" + version + " Python/3.11'");
      assertThat(look(ScriptTool.AWS).isOurs()).as(version).isTrue();
      assertThat(look(ScriptTool.AWS).said()).contains(version, "passes over AWS_ENDPOINT_URL");
    }
    for (String version : List.of("aws-cli/1.29.0", "aws-cli/2.13.0", "aws-cli/2.31.4")) {
      FakePrograms.script(folder, "aws", "echo '" + version + " Python/3.11'");
      assertThat(look(ScriptTool.AWS).isOurs()).as(version).isFalse();
    }
  }

  @Test
  void whatIsFoundIsLookedForAndSaidOnce() {
    List<String> told = new ArrayList<>();
    Installations installations =
        Installations.ofThisMachine(Map.of("PATH", folder.toString()), told::add);
    List<FoundTool> first = installations.tools(Set.of(ScriptTool.REDIS_CLI));
    FakePrograms.script(folder, "redis-cli", "echo redis-cli 7.0.15");
    assertThat(installations.tools(Set.of(ScriptTool.REDIS_CLI))).isEqualTo(first);
    assertThat(told).containsExactly("Scripts get our own redis-cli: this machine has none.");
  }

  @Test
  void scriptsGetTheToolsForTheStoresOfTheirPlan() throws Exception {
    DrillPlan plan = StorePlans.mongo(folder);
    assertThat(ScriptTool.of(plan.components().values()))
        .contains(ScriptTool.MONGODUMP, ScriptTool.MONGORESTORE)
        .doesNotContain(ScriptTool.REDIS_CLI, ScriptTool.AWS);
    assertThat(ScriptTool.of(List.<ComponentSpec>of())).isEmpty();
  }

  private FoundTool look(ScriptTool tool) {
    return FoundTool.look(tool, new SearchPath(folder.toString()));
  }
}
