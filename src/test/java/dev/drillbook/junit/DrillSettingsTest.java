package dev.drillbook.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class DrillSettingsTest {

  @Test
  void withoutAnySettingTheDefaultsHold() {
    DrillSettings settings = DrillSettings.from(properties());

    assertThat(settings.site()).isEqualTo("embedded");
    assertThat(settings.only()).isEmpty();
    assertThat(settings.scale()).isEqualTo(1);
    assertThat(settings.history()).isEqualTo(Path.of("reports/history.jsonl"));
    assertThat(settings.keep()).isFalse();
  }

  @Test
  void everyWrongSettingIsNamedAtOnceWithTheNearestValidOne() {
    Properties wrong =
        properties(
            "drill.scael",
            "2",
            "drill.site",
            "embeded",
            "drill.scale",
            "0.5",
            "drill.keep",
            "perhaps");

    assertThatThrownBy(() -> DrillSettings.from(wrong))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("no setting -Ddrill.scael; did you mean 'drill.scale'?")
        .hasMessageContaining("-Ddrill.site=embeded is no site; did you mean 'embedded'?")
        .hasMessageContaining("-Ddrill.scale=0.5 is not a number from 1")
        .hasMessageContaining("-Ddrill.keep=perhaps is neither true nor false");
  }

  @Test
  void aBareKeepKeeps() {
    assertThat(DrillSettings.from(properties("drill.keep", "")).keep()).isTrue();
    assertThat(DrillSettings.from(properties("drill.keep", "false")).keep()).isFalse();
  }

  @Test
  void aRunThatSelectsClassesNeedNotBeComplete() {
    assertThat(DrillSettings.from(properties()).complete()).isFalse();
    assertThat(DrillSettings.from(properties("drill.complete", "true")).complete()).isTrue();
    assertThat(
            DrillSettings.from(properties("drill.complete", "true", "it.test", "LossDrill"))
                .complete())
        .isFalse();
  }

  @Test
  void onlySelectsSystemsAndScenariosOfThem() {
    DrillSettings system = DrillSettings.from(properties("drill.only", "shop"));
    DrillSettings scenario = DrillSettings.from(properties("drill.only", "shop/loss"));

    assertThat(system.selects("shop", "loss")).isTrue();
    assertThat(system.selects("bank", "loss")).isFalse();
    assertThat(scenario.selects("shop", "loss")).isTrue();
    assertThat(scenario.selects("shop", "fire")).isFalse();

    DrillSettings several = DrillSettings.from(properties("drill.only", "shop/loss, bank"));
    assertThat(several.selects("shop", "loss")).isTrue();
    assertThat(several.selects("shop", "fire")).isFalse();
    assertThat(several.selects("bank", "fire")).isTrue();
  }

  @Test
  void theReadmeListsExactlyTheseSettings() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String section =
        readme.substring(readme.indexOf("## Settings"), readme.indexOf("## What it costs"));

    assertThat(
            section
                .lines()
                .filter(line -> line.startsWith("| `drill."))
                .map(line -> line.substring(3, line.indexOf('`', 3))))
        .containsExactlyElementsOf(DrillSettings.NAMES);
  }

  private static Properties properties(String... namesAndValues) {
    Properties properties = new Properties();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
    }
    return properties;
  }
}
