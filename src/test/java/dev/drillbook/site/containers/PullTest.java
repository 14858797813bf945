package dev.drillbook.site.containers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullTest {
  @ParameterizedTest
  @CsvSource({
    "redis,                    redis:latest",
    "redis:8,                  redis:8",
    "acme/shop,                acme/shop:latest",
    "localhost:5000/shop,      localhost:5000/shop:latest",
    "localhost:5000/shop:1,    localhost:5000/shop:1",
    "shop@sha256:0a,           shop@sha256:0a",
    "localhost:5000/shop@sha256:0a, localhost:5000/shop@sha256:0a",
  })
  void oneImageIsPulledNeverAllOfItsTags(String named, String pulled) {
    assertThat(Pull.oneOf(named)).isEqualTo(pulled);
  }
}
