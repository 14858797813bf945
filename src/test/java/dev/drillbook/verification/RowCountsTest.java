package dev.drillbook.verification;

import static dev.drillbook.verification.Evidences.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.ComponentSpec.TableSpec;
import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.TableImage;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowCountsTest {
  private static final TableSpec AT_LEAST_TEN = new TableSpec(10, false);
  private static final TableSpec ANY = new TableSpec(0, false);
  private static final TableSpec MAY_BE_EMPTY = new TableSpec(0, true);

  @Test
  void everyPlannedTableWithItsMinimumOfRowsPasses() {
    CheckResult result = check(Map.of("orders", AT_LEAST_TEN), image(rows("orders", 10)));
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.coverage()).isEqualTo("1 tables, 10 rows");
  }

  @Test
  void aTableThatIsNotThereFails() {
    assertThat(only(check(Map.of("orders", MAY_BE_EMPTY), image())))
        .extracting(Finding::verdict, Finding::expected, Finding::found)
        .containsExactly(Verdict.FAIL, "table db.orders exists", "there is no such table");
  }

  @Test
  void aRowTooFewFails() {
    assertThat(only(check(Map.of("orders", AT_LEAST_TEN), image(rows("orders", 9)))))
        .extracting(Finding::verdict, Finding::expected, Finding::found)
        .containsExactly(Verdict.FAIL, "db.orders holds at least 10 rows", "9 rows");
  }

  @Test
  void anEmptyTableThatThePlanDoesNotDeclareEmptyIsUnknown() {
    assertThat(only(check(Map.of("orders", ANY), image(rows("orders", 0)))).verdict())
        .isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void anEmptyTableThatMayBeEmptyPasses() {
    assertThat(check(Map.of("notes", MAY_BE_EMPTY), image(rows("notes", 0))).verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void aTableThatIsNotInThePlanIsUnknown() {
    assertThat(only(check(Map.of("orders", ANY), image(rows("orders", 1), rows("extra", 1)))))
        .extracting(Finding::verdict, Finding::found)
        .containsExactly(Verdict.UNKNOWN, "table extra is not");
  }

  @Test
  void aDatabaseWithoutTablesIsUnknown() {
    assertThat(check(Map.of(), image()).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aDrillWithoutADatabaseIsUnknown() {
    CheckResult result =
        Examiner.examine(List.of(RowCounts.rowCounts()), Evidences.ofNothing()).get(0);
    assertThat(only(result).found()).isEqualTo("nothing: 0 tables, 0 rows");
  }

  @Test
  void aRestoredDatabaseThatCouldNotBeReadIsUnknown() {
    Evidence unreadable = Evidences.of(Map.of("orders", ANY), Optional.empty(), Optional.empty());
    CheckResult result = Examiner.examine(List.of(RowCounts.rowCounts()), unreadable).get(0);
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(only(result).found()).contains("what db held after the restore could not be read");
  }

  private static CheckResult check(Map<String, TableSpec> planned, DatabaseImage restored) {
    Evidence evidence = Evidences.of(planned, Optional.empty(), Optional.of(restored));
    return Examiner.examine(List.of(RowCounts.rowCounts()), evidence).get(0);
  }

  private static TableImage rows(String table, long count) {
    return Evidences.large(table, count, 0);
  }

  private static Finding only(CheckResult result) {
    assertThat(result.findings()).hasSize(1);
    return result.findings().get(0);
  }
}
