package dev.drillbook.site.embedded.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottleTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 37, 99, 100})
  void exactlySoManyOfEveryHundredAreRefused(int percent) {
    Throttle throttle = new Throttle();
    for (int hundred = 0; hundred < 3; hundred++) {
      long refused = IntStream.range(0, 100).filter(i -> throttle.refuses(percent)).count();
      assertThat(refused).isEqualTo(percent);
    }
  }
}
