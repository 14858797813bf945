package dev.drillbook.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.ChecklistItem;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.verification.CheckResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChecklistResultTest {
  private static final ChecklistItem COUNTED =
      new ChecklistItem.Checked("counted", "Every row is there", "row counts");
  private static final ChecklistItem SIGNED =
      new ChecklistItem.Signed("told", "Users told", "Support", Optional.empty());

  @Test
  void anItemHasTheVerdictOfItsCheck() {
    assertThat(verdicts(check("fingerprints", Verdict.FAIL), check("row counts", Verdict.PASS)))
        .containsExactly(Optional.of(Verdict.PASS), Optional.empty());
    assertThat(verdicts(check("fingerprints", Verdict.PASS), check("row counts", Verdict.FAIL)))
        .containsExactly(Optional.of(Verdict.FAIL), Optional.empty());
  }

  @Test
  void ofACheckThatRanSeveralTimesTheWorstCounts() {
    assertThat(verdicts(check("row counts", Verdict.FAIL), check("row counts", Verdict.PASS)))
        .containsExactly(Optional.of(Verdict.FAIL), Optional.empty());
    assertThat(verdicts(check("row counts", Verdict.PASS), check("row counts", Verdict.FAIL)))
        .containsExactly(Optional.of(Verdict.FAIL), Optional.empty());
  }

  @Test
  void aCheckThatDidNotRunIsUnknownAndAFinding() {
    List<CheckResult> ran = List.of(check("row count", Verdict.PASS));

    assertThat(ChecklistResult.of(List.of(COUNTED), ran).get(0).verdict())
        .contains(Verdict.UNKNOWN);
    List<Finding> findings = ChecklistResult.unkept(List.of(COUNTED, SIGNED), ran);
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(findings.get(0).subject()).isEqualTo("checklist counted");
    assertThat(findings.get(0).expected())
        .isEqualTo("the checklist promises 'Every row is there', by the check row counts");
    assertThat(findings.get(0).found()).isEqualTo("the drill does not check it");
    assertThat(findings.get(0).hint()).contains("did you mean 'row count'?");
  }

  @Test
  void whatRanIsNoFindingWhateverItFound() {
    assertThat(
            ChecklistResult.unkept(
                List.of(COUNTED, SIGNED), List.of(check("row counts", Verdict.FAIL))))
        .isEmpty();
  }

  private static List<Optional<Verdict>> verdicts(CheckResult... checks) {
    return ChecklistResult.of(List.of(COUNTED, SIGNED), List.of(checks)).stream()
        .map(ChecklistResult::verdict)
        .toList();
  }

  private static CheckResult check(String name, Verdict verdict) {
    return new CheckResult(name, verdict, "all", List.of(), Duration.ZERO);
  }
}
