package dev.drillbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteTextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "999, 999 bytes",
    "1000, 1.0 kB",
    "999950, 1.0 MB",
    "1234567, 1.2 MB",
    "9223372036854775807, 9.2 EB"
  })
  void aSizeReadsWithOneDecimal(long bytes, String text) {
    assertThat(ByteText.of(bytes)).isEqualTo(text);
  }
}
