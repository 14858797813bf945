package dev.drillbook.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.timeline.Event;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Tick;
import dev.drillbook.timeline.Verdict;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoncesTest {
  private static final Event.NoncePlanted BEFORE =
      new Event.NoncePlanted(new Tick(10), "before", true);
  private static final Event.NoncePlanted AFTER =
      new Event.NoncePlanted(new Tick(20), "after", false);

  @Test
  void theOneBeforeTheBackupComesBackAndTheOneAfterItDoesNot() {
    CheckResult result = judge(List.of(BEFORE, AFTER), "before", "something-else");
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.findings()).isEmpty();
    assertThat(result.coverage()).isEqualTo("2 nonces");
  }

  @Test
  void anOlderBackupLacksTheOneBefore() {
    CheckResult result = judge(List.of(BEFORE, AFTER));
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.findings())
        .singleElement()
        .extracting(Finding::expected, Finding::found)
        .containsExactly("before, written just before the backup, comes back", "it is not there");
  }

  @Test
  void aStoreThatWasNeverRestoredHoldsTheOneAfter() {
    CheckResult result = judge(List.of(BEFORE, AFTER), "before", "after");
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.findings())
        .singleElement()
        .extracting(Finding::expected, Finding::found)
        .containsExactly("after, written after the backup, does not come back", "it is there");
  }

  @Test
  void withoutBothNothingIsKnown() {
    assertThat(judge(List.of(BEFORE), "before").verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(judge(List.of(AFTER)).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(judge(List.of()).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(judge(List.of(BEFORE)).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aRecoveryThatKeepsNewerWritesBringsBothBack() {
    List<Event.NoncePlanted> both = List.of(BEFORE, AFTER);
    assertThat(Nonces.judge(both, Set.of("before", "after"), true).verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(Nonces.judge(both, Set.of("before"), true).findings())
        .singleElement()
        .extracting(Finding::expected, Finding::found)
        .containsExactly("after, written after the backup, is kept", "it is not there");
    assertThat(Nonces.judge(both, Set.of("after"), true).verdict()).isEqualTo(Verdict.FAIL);
  }

  private static CheckResult judge(List<Event.NoncePlanted> planted, String... keys) {
    return Nonces.judge(planted, Set.of(keys), false);
  }
}
