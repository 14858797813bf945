package dev.drillbook.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExaminerTest {

  @Test
  void aCheckThatCrashesIsUnknownAndTheOthersStillRun() {
    List<CheckResult> results =
        Examiner.examine(
            List.of(
                check("first", 1),
                new FakeCheck(
                    "second",
                    () -> {
                      throw new IllegalStateException("no connection");
                    }),
                check("third", 1)),
            Evidences.ofNothing());

    assertThat(results).extracting(CheckResult::name).containsExactly("first", "second", "third");
    assertThat(results)
        .extracting(CheckResult::verdict)
        .containsExactly(Verdict.PASS, Verdict.UNKNOWN, Verdict.PASS);
    assertThat(results.get(1).findings())
        .singleElement()
        .extracting(Finding::found)
        .isEqualTo("it could not: no connection");
  }

  @Test
  void aFailedAssertionOrAMissingClassInACheckIsUnknownToo() {
    List<CheckResult> results =
        Examiner.examine(
            List.of(
                new FakeCheck(
                    "asserting",
                    () -> {
                      throw new AssertionError("expected 3 but was 4");
                    }),
                new FakeCheck(
                    "unlinked",
                    () -> {
                      throw new NoClassDefFoundError();
                    }),
                check("last", 1)),
            Evidences.ofNothing());

    assertThat(results)
        .extracting(CheckResult::verdict)
        .containsExactly(Verdict.UNKNOWN, Verdict.UNKNOWN, Verdict.PASS);
    assertThat(results.get(0).findings().get(0).found())
        .isEqualTo("it could not: expected 3 but was 4");
    assertThat(results.get(1).findings().get(0).found()).contains("NoClassDefFoundError");
  }

  @Test
  void aCheckThatLookedAtNothingIsUnknownHoweverContent() {
    CheckResult result = Examiner.examine(List.of(check("rows", 0)), Evidences.ofNothing()).get(0);
    assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(result.findings())
        .singleElement()
        .extracting(Finding::found)
        .isEqualTo("nothing: 0 things");
  }

  @Test
  void theWorstFindingIsTheVerdict() {
    Finding unknown = Finding.unknown("rows", "some", "unreadable", "look");
    Finding fail = Finding.fail("rows", "some", "none", "look");
    CheckResult result =
        Examiner.examine(List.of(check("rows", 3, unknown, fail)), Evidences.ofNothing()).get(0);
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.findings()).containsExactly(unknown, fail);
    assertThat(result.coverage()).isEqualTo("3 things");
  }

  @Test
  void withoutChecksThereAreNoResults() {
    assertThat(Examiner.examine(List.of(), Evidences.ofNothing())).isEmpty();
  }

  private static Check check(String name, int items, Finding... findings) {
    return new FakeCheck(
        name, () -> new Check.Examined(items + " things", items, List.of(findings)));
  }

  private interface Look {
    Check.Examined look() throws Exception;
  }

  private record FakeCheck(String name, Look look) implements Check {

    @Override
    public Examined examine(Evidence evidence) throws Exception {
      return look.look();
    }
  }
}
