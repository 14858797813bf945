package dev.drillbook.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.timeline.DrillException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToxiproxyServerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-host 127.0.0.1 -port 0",
        "--host 127.0.0.1 --port 0",
        "-host=127.0.0.1 -port=0",
        "-port 0"
      })
  void itAnswersWhereItsOptionsSay(String commandLine) {
    try (FaultProxy faults = ToxiproxyServer.start(commandLine.split(" ", -1))) {
      assertThat(faults.api().getAddress().isLoopbackAddress()).isTrue();
      assertThat(new ApiClient(faults.api()).send("GET", "/version", "").json().path("version"))
          .hasToString("\"2.12.0\"");
    }
  }

  @Test
  void itListensOnEveryInterfaceIfTold() {
    try (FaultProxy faults = ToxiproxyServer.start("-host", "0.0.0.0", "-port", "0")) {
      assertThat(faults.api().getAddress().isAnyLocalAddress()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-config toxics.json  | '-config' is no option of this stand-in",
        "host                 | 'host' is no option of this stand-in",
        "-port                | -port lacks its value",
        "-port http           | -port http is no port",
        "-port 65536          | -port 65536 is no port",
        "-host no.such.invalid | -host no.such.invalid is not known"
      })
  void whatItCannotDoIsRefusedByName(String commandLine, String problem) {
    assertThatThrownBy(() -> ToxiproxyServer.start(commandLine.split(" ", -1)).close())
        .isInstanceOf(DrillException.class)
        .hasMessageContaining(problem);
  }
}
