package dev.drillbook.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "500ms, PT0.5S",
    "90s, PT90S",
    "15m, PT15M",
    "1h30m, PT90M",
    "24h, PT24H",
    "7d, P7D",
    "1d2h3m4s5ms, P1DT2H3M4.005S"
  })
  void numbersAndUnitsAreADuration(String text, Duration duration) throws BadValue {
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "30-45 min;upper end, 45m",
        "2-3 hours;upper end, 3h",
        "30m-45m;upper end, 45m",
        "5 to 15 minutes;upper end, 15m",
        "5–15;not a range",
        "45 min;write 45m",
        "2 hours;write 2h",
        "45;45s, 45m",
        "soon;largest first",
        "1.5h;largest first",
        "30m1h;largest first",
        "-5m;largest first",
        "0m;above zero",
        "36501d;100 years",
        "99999999999999999999h;100 years",
        "9223372036854775807d;100 years"
      })
  void anythingElseIsRefusedWithAHint(String text, String hint) {
    BadValue refusal = catchThrowableOfType(BadValue.class, () -> Durations.parse(text));
    assertThat(refusal).isNotNull();
    assertThat(refusal.hint()).contains(hint);
  }
}
