package dev.drillbook.verification;

import static dev.drillbook.verification.Evidences.image;
import static dev.drillbook.verification.Evidences.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.TableImage;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
  private static final DatabaseImage CHECKPOINT =
      image(table("orders", Map.of(1, 11, 2, 22, 3, 33)));

  @Test
  void theSameContentPasses() {
    CheckResult result = check(CHECKPOINT, CHECKPOINT);
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.coverage()).isEqualTo("1 tables, 3 rows against the checkpoint");
  }

  @Test
  void aMissingRowIsNamed() {
    Finding finding = only(check(CHECKPOINT, image(table("orders", Map.of(1, 11, 3, 33)))));
    assertThat(finding.found()).isEqualTo("2 rows");
    assertThat(finding.examples()).containsExactly("row (2) is missing");
  }

  @Test
  void aRowTooManyIsNamed() {
    Finding finding =
        only(check(CHECKPOINT, image(table("orders", Map.of(1, 11, 2, 22, 3, 33, 4, 44)))));
    assertThat(finding.found()).isEqualTo("4 rows");
    assertThat(finding.examples()).containsExactly("row (4) was not in the backup");
  }

  @Test
  void aRowThatDiffersIsNamed() {
    Finding finding = only(check(CHECKPOINT, image(table("orders", Map.of(1, 11, 2, 99, 3, 33)))));
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.found()).isEqualTo("3 rows, but with different content");
    assertThat(finding.examples()).containsExactly("row (2) differs: v was '22', is '99'");
  }

  @Test
  void aTableThatIsNotThereFails() {
    assertThat(only(check(CHECKPOINT, image())).found()).isEqualTo("there is no such table");
  }

  @Test
  void whereRowsWereNotKeptTheDifferenceIsFoundButNotNamed() {
    TableImage before = Evidences.large("log", 2, 8);
    TableImage after = Evidences.large("log", 2, 9);
    assertThat(only(check(image(before), image(after))).examples()).isEmpty();
  }

  @Test
  void aDatabaseThatWasEmptyAtTheCheckpointProvesNothing() {
    DatabaseImage empty = image(table("orders", Map.of()));
    assertThat(check(empty, empty).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void withoutACheckpointNothingIsKnown() {
    Evidence evidence = Evidences.of(Map.of(), Optional.empty(), Optional.of(CHECKPOINT));
    CheckResult result = examine(evidence);
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(only(result).found()).contains("no checkpoint was taken with the backup");
  }

  @Test
  void withoutARestoredDatabaseNothingIsKnown() {
    Evidence evidence = Evidences.of(Map.of(), Optional.of(CHECKPOINT), Optional.empty());
    assertThat(examine(evidence).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  private static CheckResult check(DatabaseImage checkpoint, DatabaseImage restored) {
    return examine(Evidences.of(Map.of(), Optional.of(checkpoint), Optional.of(restored)));
  }

  private static CheckResult examine(Evidence evidence) {
    return Examiner.examine(List.of(Fingerprints.fingerprints()), evidence).get(0);
  }

  private static Finding only(CheckResult result) {
    assertThat(result.findings()).hasSize(1);
    return result.findings().get(0);
  }
}
