package dev.drillbook.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.Fingerprint;
import dev.drillbook.snapshot.KeptRows;
import dev.drillbook.snapshot.RowDifference;
import dev.drillbook.snapshot.RowDifference.Kind;
import dev.drillbook.snapshot.SchemaImage;
import dev.drillbook.snapshot.TableImage;
import dev.drillbook.snapshot.UndoneRows;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AfterwardsTest {
  private static final DatabaseImage RESTORED =
      Evidences.image(Evidences.table("orders", Map.of(1, 11, 2, 22, 3, 33)));

  @Test
  void newRowsAreNoDamage() {
    DatabaseImage live =
        Evidences.image(Evidences.table("orders", Map.of(1, 11, 2, 22, 3, 33, 4, 44)));
    assertThat(judge(live, 0).verdict()).isEqualTo(Verdict.PASS);
    assertThat(judge(live, 0).coverage()).startsWith("1 tables, 3 rows");
  }

  @Test
  void rowsThatAreGoneOrDifferAreNamed() {
    DatabaseImage live = Evidences.image(Evidences.table("orders", Map.of(1, 12, 2, 22)));
    Finding finding = only(judge(live, 1));
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.found()).isEqualTo("1 are missing and 1 differ, of which clients explain 1");
    assertThat(finding.examples())
        .containsExactly("row (3) is missing", "row (1) differs: v was '11', is '12'");
  }

  @Test
  void asManyAsClientsChangedMayDiffer() {
    DatabaseImage live = Evidences.image(Evidences.table("orders", Map.of(1, 12, 2, 22)));
    assertThat(judge(live, 2).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void rowsOfATableTooLargeToKeepThemAreLookedForHoweverManyAreNew() {
    DatabaseImage before = Evidences.image(Evidences.large("log", 200_000, 1));
    DatabaseImage more = Evidences.image(Evidences.large("log", 300_000, 2));
    List<RowDifference> two = List.of(difference(Kind.CHANGED, 7), difference(Kind.MISSING, 8));
    Finding finding = only(judge(before, more, 1, (was, is, limit) -> Optional.of(two)));
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.found()).isEqualTo("1 are missing and 1 differ, of which clients explain 1");
    assertThat(finding.examples()).containsExactly("row (8) is missing", "row (7) differs");
    assertThat(judge(before, more, 2, (was, is, limit) -> Optional.of(two)).verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void noMoreRowsAreSoughtThanItTakes() {
    DatabaseImage before = Evidences.image(Evidences.large("log", 200_000, 1));
    DatabaseImage now = Evidences.image(Evidences.large("log", 200_000, 2));
    UndoneRows endless =
        (was, is, limit) -> Optional.of(Collections.nCopies(limit, difference(Kind.CHANGED, 1)));
    assertThat(only(judge(before, now, 100, endless)).found())
        .isEqualTo("at least 0 are missing and 105 differ, of which clients explain 100");
  }

  @Test
  void ofATableWithoutACommonKeyOnlyWhatItsWholesShowIsKnown() {
    DatabaseImage before = Evidences.image(Evidences.large("log", 200_000, 1));
    assertThat(wholes(before, 199_990, 9)).isEqualTo("FAIL: 199990 rows");
    assertThat(wholes(before, 199_990, 10)).startsWith("UNKNOWN: 199990 rows, which cannot be");
    assertThat(wholes(before, 200_000, 0))
        .isEqualTo("FAIL: 200000 rows, but with different content");
    assertThat(wholes(before, 200_000, 1)).startsWith("UNKNOWN");
    assertThat(wholes(before, 200_001, 0)).startsWith("UNKNOWN");
  }

  private static String wholes(DatabaseImage before, long rows, long clientChanges) {
    DatabaseImage now = Evidences.image(Evidences.large("log", rows, 2));
    Finding finding = only(judge(before, now, clientChanges, UndoneRows.UNKNOWN));
    return finding.verdict() + ": " + finding.found();
  }

  @Test
  void whatCannotBeLookedForIsUnknown() {
    DatabaseImage before = Evidences.image(Evidences.large("log", 200_000, 1));
    DatabaseImage now = Evidences.image(Evidences.large("log", 200_000, 2));
    UndoneRows broken =
        (was, is, limit) -> {
          throw new SQLException("gone");
        };
    assertThat(only(judge(before, now, 0, broken)).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aTableWhoseColumnsChangedIsComparedByThoseThatLasted() {
    DatabaseImage before =
        Evidences.image(kept(List.of("id", "v"), List.of("1", "a"), List.of("2", "b")));
    DatabaseImage wider =
        Evidences.image(
            kept(List.of("new", "id", "v"), List.of("x", "1", "a"), List.of("y", "2", "b")));
    assertThat(judge(before, wider, 0, UndoneRows.UNKNOWN).verdict()).isEqualTo(Verdict.PASS);
    DatabaseImage damaged =
        Evidences.image(
            kept(List.of("new", "id", "v"), List.of("x", "1", "a"), List.of("y", "2", "z")));
    assertThat(only(judge(before, damaged, 0, UndoneRows.UNKNOWN)).examples())
        .containsExactly("row (2) differs: v was 'b', is 'z'");
    DatabaseImage other = Evidences.image(kept(List.of("no", "w"), List.of("1", "a")));
    assertThat(only(judge(before, other, 5, UndoneRows.UNKNOWN)).verdict())
        .isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aTableThatWasTruncatedIsNamedAlsoWhereItLooksUnchanged() {
    DatabaseImage empty = Evidences.image(Evidences.table("orders", Map.of()));
    DatabaseImage truncated = new DatabaseImage(empty.tables(), empty.schema(), Set.of("orders"));
    Finding finding = only(judge(truncated, empty, 9, UndoneRows.UNKNOWN));
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.found()).contains("truncated or rewritten");
  }

  @Test
  void aTableThatIsGoneIsNamed() {
    assertThat(only(judge(Evidences.image(), 100)).found())
        .isEqualTo("there is no such table any more");
  }

  @Test
  void anObjectThatWasDroppedAfterTheRestoreIsNamed() {
    DatabaseImage with =
        new DatabaseImage(
            new TreeMap<>(),
            new SchemaImage(new TreeMap<>(Map.of("index public.a", "a")), List.of()));
    CheckResult result = judge(with, Evidences.image(), 100, UndoneRows.UNKNOWN);
    assertThat(only(result).examples()).containsExactly("index public.a");
  }

  @Test
  void whatCouldNotBeReadIsUnknown() {
    assertThat(
            Afterwards.judge(Optional.empty(), Optional.of(RESTORED), 0, UndoneRows.UNKNOWN)
                .verdict())
        .isEqualTo(Verdict.UNKNOWN);
    assertThat(
            Afterwards.judge(Optional.of(RESTORED), Optional.empty(), 0, UndoneRows.UNKNOWN)
                .verdict())
        .isEqualTo(Verdict.UNKNOWN);
  }

  private static CheckResult judge(DatabaseImage live, long clientChanges) {
    return judge(RESTORED, live, clientChanges, UndoneRows.UNKNOWN);
  }

  private static CheckResult judge(
      DatabaseImage before, DatabaseImage live, long clientChanges, UndoneRows undone) {
    return Afterwards.judge(Optional.of(before), Optional.of(live), clientChanges, undone);
  }

  private static RowDifference difference(Kind kind, int id) {
    return new RowDifference(kind, "(" + id + ")", List.of());
  }

  @SafeVarargs
  private static TableImage kept(List<String> columns, List<String>... rows) {
    KeptRows.Builder kept =
        new KeptRows.Builder(columns, List.of(Math.max(0, columns.indexOf("id"))));
    long sum = columns.size();
    for (List<String> row : rows) {
      kept.add(row);
      sum += row.hashCode();
    }
    return new TableImage(
        "orders",
        new Fingerprint(rows.length, BigInteger.valueOf(sum)),
        Optional.of(kept.build()),
        Optional.empty());
  }

  private static Finding only(CheckResult result) {
    assertThat(result.findings()).hasSize(1);
    return result.findings().get(0);
  }
}
