package dev.drillbook.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowHashesTest {
  private static final long FIRST_OF_LAST_PART = -1L << (Long.SIZE - RowHashes.PART_BITS);

  @Test
  void rowsComeBackInThePartOfTheirKeysFirstBits() {
    try (RowHashes rows = new RowHashes(1)) {
      rows.add(0, 1);
      rows.add(-1, 2);
      rows.add(FIRST_OF_LAST_PART, 3);
      rows.add(FIRST_OF_LAST_PART - 1, 4);
      assertThat(valuesOf(rows, 0)).containsExactly(1L);
      assertThat(valuesOf(rows, RowHashes.PARTS - 1)).containsExactly(2L, 3L);
      assertThat(valuesOf(rows, RowHashes.PARTS - 2)).containsExactly(4L);
      assertThat(valuesOf(rows, 7)).isEmpty();
    }
  }

  @Test
  void whatDoesNotFitIntoTheBuffersComesFromTheFileAsOftenAsItIsRead() {
    try (RowHashes rows = new RowHashes(3)) {
      for (int i = 0; i < 10; i++) {
        rows.add(i, 100 + i);
      }
      assertThat(rows.rows()).isEqualTo(10);
      assertThat(rows.spilledBytes()).isEqualTo(9 * 16);
      for (int time = 0; time < 2; time++) {
        assertThat(valuesOf(rows, 0))
            .containsExactly(100L, 101L, 102L, 103L, 104L, 105L, 106L, 107L, 108L, 109L);
      }
    }
  }

  @Test
  void aFewRowsNeedNoFile() {
    try (RowHashes rows = new RowHashes()) {
      for (int i = 0; i < 2_048; i++) {
        rows.add(i, i);
      }
      assertThat(rows.spilledBytes()).isZero();
      rows.add(0, 0);
      assertThat(rows.spilledBytes()).isPositive();
    }
  }

  private static List<Long> valuesOf(RowHashes rows, int part) {
    List<Long> values = new ArrayList<>();
    rows.forEach(part, (key, value) -> values.add(value));
    return values;
  }
}
