package dev.drillbook.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> SETTINGS = List.of("drill.site", "drill.scale", "drill.keep");

  @ParameterizedTest(name = "{0} means {1}")
  @CsvSource({
    "drill.sites, drill.site",
    "drill.scal, drill.scale",
    "DRILL.KEEP, drill.keep",
    "dril.kepp, drill.keep"
  })
  void aSlipOfThePenIsRecognised(String written, String meant) {
    assertThat(Nearest.to(written, SETTINGS)).contains(meant);
  }

  @Test
  void whatResemblesNothingHasNoNearest() {
    assertThat(Nearest.to("colour", SETTINGS)).isEmpty();
    assertThat(Nearest.to("anything", List.of())).isEmpty();
  }

  @Test
  void aShortWordMayDifferInOneLetterOnly() {
    assertThat(Nearest.to("dc", List.of("db"))).contains("db");
    assertThat(Nearest.to("xy", List.of("db"))).isEmpty();
  }

  @Test
  void aHintNamesTheNearestFirstAndThenAll() {
    assertThat(Nearest.hint("drill.kep", "the settings are", SETTINGS))
        .isEqualTo(
            "did you mean 'drill.keep'? the settings are drill.site, drill.scale, drill.keep");
    assertThat(Nearest.hint("colour", "the settings are", SETTINGS))
        .isEqualTo("the settings are drill.site, drill.scale, drill.keep");
    assertThat(Nearest.hint("colour", "it has", List.of())).isEqualTo("it has nothing yet");
  }
}
