package dev.drillbook.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptRowsTest {

  @Test
  void equalTablesDoNotDiffer() {
    assertThat(KeptRows.differences(keyed("1", "a"), keyed("1", "a"))).isEmpty();
  }

  @Test
  void missingRowsChangedOnesAndExtraOnesAreTold() {
    assertThat(KeptRows.differences(keyed("1", "a", "2", "b"), keyed("2", "c", "3", "d")))
        .extracting(RowDifference::toString)
        .containsExactly(
            "row (1) is missing",
            "row (2) differs: v was 'b', is 'c'",
            "row (3) was not in the backup");
  }

  @Test
  void nullIsNotTheTextNull() {
    assertThat(KeptRows.differences(keyed("1", null), keyed("1", "NULL")))
        .singleElement()
        .hasToString("row (1) differs: v was NULL, is 'NULL'");
  }

  @Test
  void aKeyThatStandsTwiceIsOneRowTooMany() {
    assertThat(KeptRows.differences(keyed("1", "a"), keyed("1", "a", "1", "a")))
        .singleElement()
        .hasToString("row (1) was not in the backup");
  }

  @Test
  void withoutAKeyRowsAreCounted() {
    KeptRows twice = rows(List.of(), "1", "a", "1", "a");
    KeptRows once = rows(List.of(), "1", "a");
    assertThat(KeptRows.differences(twice, once)).hasToString("[row (1,a) is missing]");
    assertThat(KeptRows.differences(once, twice)).hasToString("[row (1,a) was not in the backup]");
  }

  @Test
  void tablesOfOtherColumnsOrKeysAreNotComparedRowByRow() {
    KeptRows other = new KeptRows.Builder(List.of("id", "w"), List.of(0)).build();
    assertThat(KeptRows.differences(keyed("1", "a"), other)).isEmpty();
    assertThat(KeptRows.differences(keyed("1", "a"), rows(List.of(), "2", "b"))).isEmpty();
  }

  @Test
  void aLongValueIsShownByItsBeginningAndItsLength() {
    String text =
        KeptRows.differences(keyed("1", "a"), keyed("1", "b".repeat(81))).get(0).toString();
    assertThat(text).endsWith("is '" + "b".repeat(80) + "…' (81 characters)");
    assertThat(KeptRows.differences(keyed("1", "a"), keyed("1", "b".repeat(80))).get(0).toString())
        .endsWith("is '" + "b".repeat(80) + "'");
  }

  private static KeptRows keyed(String... cells) {
    return rows(List.of(0), cells);
  }

  private static KeptRows rows(List<Integer> key, String... cells) {
    KeptRows.Builder rows = new KeptRows.Builder(List.of("id", "v"), key);
    for (int i = 0; i < cells.length; i += 2) {
      rows.add(Arrays.asList(cells[i], cells[i + 1]));
    }
    return rows.build();
  }
}
