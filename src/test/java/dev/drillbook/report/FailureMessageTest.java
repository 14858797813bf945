package dev.drillbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.run.Records;
import dev.drillbook.run.SampleRecord;
import dev.drillbook.timeline.Finding;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailureMessageTest {

  @Test
  void theFirstLineSaysWhichDrillHowBadAndOfWhatKind() {
    assertThat(FailureMessage.of(Records.failing().build()).lines().findFirst())
        .contains(
            "DR drill dhakacart/complete-database-loss: FAIL, 4 findings"
                + " [Integrity violated; RPO missed; Runbook not kept]");
  }

  @Test
  void eachFindingSaysWhatWasExpectedWhatWasFoundAndWhatToDo() {
    assertThat(FailureMessage.of(Records.failing().build()))
        .contains("1. FAIL: every write\n     expected  a prefix of what was acknowledged\n")
        .contains("     found     3 holes before the recovery point\n")
        .contains("     e.g.      order-18\n")
        .contains("     hint      the restore skipped rows");
  }

  @Test
  void eachObjectiveSaysTargetMeasuredAndClock() {
    assertThat(FailureMessage.of(Records.failing().build()))
        .contains("RPO worst case FAIL    target 1 h, measured 12 h 0.412 s (longest gap");
  }

  @Test
  void itSaysWhoWouldHaveBeenCalledAndWhatIsStillToBeSigned() {
    assertThat(FailureMessage.of(Records.passing().build()))
        .endsWith(
            """

            Escalation
              level 1, On-call: called 28.6 ms after the fault
              level 2, Team lead: called 2 min 0.0286 s after the fault
              level 3, Head of operations: not called (after 30 min)

            Checklist
              Rows counted: PASS (row counts)
              Post-mortem held: to be signed by Team lead within 2 d""");
  }

  @Test
  void aFailedRecoveryHasNoRto() {
    assertThat(FailureMessage.of(Records.recoveryFailed().build()))
        .contains("[Recovery step failed; RTO missed]")
        .contains("target 15 min, measured nothing: the recovery failed");
  }

  @Test
  void linesOfAToolStayBelowTheirFinding() {
    assertThat(FailureMessage.of(Records.recoveryFailed().build()))
        .contains("it said:\n                   ERROR: role");
  }

  @Test
  void aDrillThatPassedIsSummedUp() {
    assertThat(FailureMessage.of(Records.passing().build()))
        .startsWith("DR drill dhakacart/complete-database-loss: PASS\n")
        .contains("RTO            PASS");
  }

  @Test
  void nothingProvenIsSaidInSoManyWords() {
    assertThat(FailureMessage.of(Records.empty().build()))
        .contains("UNKNOWN, 1 finding [Unknown: nothing proven]")
        .contains("none was judged");
  }

  @Test
  void fiveExamplesAreEnough() {
    SampleRecord record = Records.failing();
    List<String> many = IntStream.range(0, 99).mapToObj(i -> "row " + i).toList();
    record.findings = List.of(Finding.fail("rows", "all", "some", "look").withExamples(many));

    assertThat(FailureMessage.of(record.build())).contains("row 4").doesNotContain("row 5");
  }
}
