package dev.drillbook.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSizeTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "500kB, 500000, 500 kB",
    "1KiB, 1024, 1.02 kB",
    "120GB, 120000000000, 120 GB",
    "120 GB, 120000000000, 120 GB",
    "1.5TB, 1500000000000, 1.5 TB",
    "64GiB, 68719476736, 68.7 GB",
    "3MiB, 3145728, 3.15 MB",
    "2TiB, 2199023255552, 2.2 TB",
    "9PB, 9000000000000000, 9 PB",
    "0.001kB, 1, 1 bytes",
    "0.999kB, 999, 999 bytes"
  })
  void numbersAndUnitsAreASize(String text, long bytes, String shown) throws BadValue {
    assertThat(DataSize.parse(text)).isEqualTo(new DataSize(bytes)).hasToString(shown);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "120;not a size;write a number and a unit",
        "big;not a size;write a number and a unit",
        "120gb;not a size;did you mean 120GB?",
        "120G;not a size;did you mean 120GB?",
        "64Gi;not a size;did you mean 64GiB?",
        "120 apples;not a size;write a number and a unit",
        "-1GB;not a size;write a number and a unit",
        "0GB;no data at all;above zero",
        "0.0009kB;no data at all;above zero",
        "99999PB;too large;production system"
      })
  void anythingElseIsRefusedWithAHint(String text, String found, String hint) {
    BadValue refusal = catchThrowableOfType(BadValue.class, () -> DataSize.parse(text));
    assertThat(refusal).hasMessage(found);
    assertThat(refusal.hint()).contains(hint);
  }

  @Test
  void sizesAreOrdered() {
    assertThat(new DataSize(1)).isLessThan(new DataSize(2));
  }
}
