package dev.drillbook.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.SchemaImage;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  void aTableTooLargeToKeepItsRowsMustNotShrink() {
    DatabaseImage before = Evidences.image(Evidences.large("log", 200_000, 1));
    DatabaseImage fewer = Evidences.image(Evidences.large("log", 199_990, 2));
    assertThat(only(Afterwards.judge(Optional.of(before), Optional.of(fewer), 9)).found())
        .isEqualTo("199990 rows");
    assertThat(Afterwards.judge(Optional.of(before), Optional.of(fewer), 10).verdict())
        .isEqualTo(Verdict.PASS);
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
    CheckResult result = Afterwards.judge(Optional.of(with), Optional.of(Evidences.image()), 100);
    assertThat(only(result).examples()).containsExactly("index public.a");
  }

  @Test
  void whatCouldNotBeReadIsUnknown() {
    assertThat(Afterwards.judge(Optional.empty(), Optional.of(RESTORED), 0).verdict())
        .isEqualTo(Verdict.UNKNOWN);
    assertThat(Afterwards.judge(Optional.of(RESTORED), Optional.empty(), 0).verdict())
        .isEqualTo(Verdict.UNKNOWN);
  }

  private static CheckResult judge(DatabaseImage live, long clientChanges) {
    return Afterwards.judge(Optional.of(RESTORED), Optional.of(live), clientChanges);
  }

  private static Finding only(CheckResult result) {
    assertThat(result.findings()).hasSize(1);
    return result.findings().get(0);
  }
}
