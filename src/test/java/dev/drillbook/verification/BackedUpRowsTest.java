package dev.drillbook.verification;

import static dev.drillbook.snapshot.HandMade.group;
import static dev.drillbook.verification.BackedUpRows.backedUpRows;
import static dev.drillbook.verification.Evidences.image;
import static dev.drillbook.verification.Evidences.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.ComponentSpec.TableSpec;
import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.HandMade;
import dev.drillbook.snapshot.RowDifference;
import dev.drillbook.snapshot.RowDifference.Kind;
import dev.drillbook.snapshot.StoreImage;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.workload.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackedUpRowsTest {
  private static final DatabaseImage CHECKPOINT =
      image(table("orders", Map.of(1, 11, 2, 22, 3, 33)));

  @Test
  void rowsThatCameSinceAreNoDifference() {
    CheckResult result =
        check(CHECKPOINT, image(table("orders", Map.of(1, 11, 2, 22, 3, 33, 4, 44))));

    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.coverage()).isEqualTo("3 rows and entries of the checkpoint");
  }

  @Test
  void aRowThatIsGoneAndOneThatDiffersAreNamed() {
    Finding finding = only(check(CHECKPOINT, image(table("orders", Map.of(1, 11, 2, 99, 4, 44)))));

    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.expected()).startsWith("the 3 that the backup held of db.orders");
    assertThat(finding.found()).isEqualTo("1 are missing, 1 differ");
    assertThat(finding.examples())
        .containsExactlyInAnyOrder("row (3) is missing", "row (2) differs: v was '22', is '99'");
  }

  @Test
  void whatClientsWroteIsTheLedgersConcern() {
    DatabaseImage after = image(table("orders", Map.of(1, 11, 2, 99)));

    assertThat(check(CHECKPOINT, after, "2", "33").verdict()).isEqualTo(Verdict.PASS);
    assertThat(check(CHECKPOINT, after, "2").verdict()).isEqualTo(Verdict.FAIL);
    assertThat(check(CHECKPOINT, after, "3", "99").verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aTableThatIsGoneFails() {
    assertThat(only(check(CHECKPOINT, image())).found()).isEqualTo("there is no such table");
  }

  @Test
  void onlyWhatIsNamedIsLookedAt() {
    DatabaseImage before =
        image(table("orders", Map.of(1, 11)), table("log", Map.of(1, 11, 2, 22)));
    DatabaseImage after = image(table("orders", Map.of(1, 11)), table("log", Map.of(1, 11)));

    assertThat(examine(backedUpRows("orders"), before, after).verdict()).isEqualTo(Verdict.PASS);
    assertThat(examine(backedUpRows("db.log"), before, after).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(only(examine(backedUpRows("orders", "lgo"), before, after)).found())
        .isEqualTo("there is no table, collection, bucket or database lgo in the checkpoint");
  }

  @Test
  void whereRowsWereNotKeptAsManyMayDifferAsClientsChanged() {
    DatabaseImage before = image(Evidences.large("log", 5, 8));
    DatabaseImage after = image(Evidences.large("log", 6, 9));
    List<RowDifference> two =
        List.of(row(Kind.CHANGED, 1), row(Kind.EXTRA, 9), row(Kind.MISSING, 2));

    assertThat(large(before, after, two, 2).verdict()).isEqualTo(Verdict.PASS);
    assertThat(large(before, after, two, 2).coverage())
        .endsWith("; of db.log 2 differ, of which clients can have changed all");
    assertThat(only(large(before, after, two, 1)).found()).isEqualTo("1 are missing, 1 differ");
    assertThat(large(before, after, List.of(row(Kind.EXTRA, 9)), 0).verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(large(before, after, List.of(row(Kind.SEVERAL, 1)), 9).verdict())
        .isEqualTo(Verdict.UNKNOWN);
    assertThat(large(before, image(Evidences.large("log", 5, 9)), List.of(), 9).verdict())
        .isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void documentsThatCameSinceAreNoDifferenceAndThoseOfClientsAreTheLedgers() {
    StoreImage before = orders(group("orders").with(Map.of("a", "1", "b", "2")));
    StoreImage more = orders(group("orders").with(Map.of("a", "1", "b", "2", "c", "3")));
    StoreImage worse = orders(group("orders").with(Map.of("b", "x", "c", "3")));

    assertThat(stored(before, more).verdict()).isEqualTo(Verdict.PASS);
    Finding finding = only(stored(before, worse));
    assertThat(finding.found()).isEqualTo("1 are missing, 1 differ");
    assertThat(finding.examples()).containsExactly("document a is missing", "document b differs");
    assertThat(stored(before, worse, "a", "b").verdict()).isEqualTo(Verdict.PASS);
    assertThat(stored(before, worse, "a").verdict()).isEqualTo(Verdict.FAIL);
    assertThat(only(stored(before, orders())).found()).isEqualTo("there is no such collection");
  }

  @Test
  void aKeyMayStandBetweenQuotes() {
    StoreImage before = orders(group("orders").with(Map.of("\"a\"", "1", "\"", "1")));
    StoreImage after = orders(group("orders").with(Map.of("\"a\"", "2", "\"", "1")));

    assertThat(stored(before, after, "a").verdict()).isEqualTo(Verdict.PASS);
    assertThat(stored(before, after, "b").verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void ofCollectionsTooLargeToKeepTheirKeysNothingIsToldOnceTheyDiffer() {
    StoreImage before = orders(HandMade.large("orders").with(Map.of("a", "1")));

    assertThat(stored(before, before).verdict()).isEqualTo(Verdict.PASS);
    assertThat(stored(before, orders(HandMade.large("orders").with(Map.of("a", "2")))).verdict())
        .isEqualTo(Verdict.UNKNOWN);
  }

  private static RowDifference row(Kind kind, int key) {
    return new RowDifference(kind, "(" + key + ")", List.of());
  }

  private static StoreImage orders(HandMade... groups) {
    return HandMade.image(StoreImage.Kind.MONGO, groups);
  }

  private static CheckResult stored(StoreImage before, StoreImage after, String... clientKeys) {
    return StoredEvidence.mongo(Map.of("orders", new TableSpec(1, false)))
        .checkpoint(before)
        .restored(after)
        .writtenTo(clientKeys)
        .examinedBy(backedUpRows());
  }

  private static CheckResult large(
      DatabaseImage before, DatabaseImage after, List<RowDifference> differences, int changes) {
    Evidence known = Evidences.of(Map.of(), Optional.of(before), Optional.of(after));
    Evidence.Database database = known.databases().get(0);
    Evidence.Database found =
        new Evidence.Database(
            database.spec(),
            database.server(),
            database.checkpoint(),
            database.restored(),
            database.live(),
            database.unreadable(),
            (expected, actual, limit) -> differences);
    Evidence evidence = new Evidence(List.of(found), known.clients());
    IntStream.range(0, changes)
        .forEach(i -> Evidences.write(evidence, Operation.Kind.UPDATE, "key-" + i));
    return Examiner.examine(List.of(backedUpRows()), evidence).get(0);
  }

  private static CheckResult check(
      DatabaseImage checkpoint, DatabaseImage restored, String... clientKeys) {
    Evidence evidence = Evidences.of(Map.of(), Optional.of(checkpoint), Optional.of(restored));
    Arrays.stream(clientKeys).forEach(key -> Evidences.write(evidence, Operation.Kind.INSERT, key));
    return Examiner.examine(List.of(backedUpRows()), evidence).get(0);
  }

  private static CheckResult examine(
      Check check, DatabaseImage checkpoint, DatabaseImage restored) {
    return Examiner.examine(
            List.of(check), Evidences.of(Map.of(), Optional.of(checkpoint), Optional.of(restored)))
        .get(0);
  }

  private static Finding only(CheckResult result) {
    assertThat(result.findings()).hasSize(1);
    return result.findings().get(0);
  }
}
