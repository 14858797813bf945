package dev.drillbook.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.Ledger.Entry;
import dev.drillbook.workload.Outcome;
import dev.drillbook.workload.StoredRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

class LedgerJudgePropertyTest {

  @Property
  void whatASoundRecoveryLeavesIsClean(@ForAll("histories") Scenario scenario) {
    LedgerJudgement judged = scenario.judge();

    assertThat(judged.findings()).isEmpty();
    assertThat(judged.surviving() + judged.lost()).isEqualTo(judged.acknowledged());
    assertThat(judged.attempted())
        .isEqualTo(judged.acknowledged() + judged.failed() + judged.indeterminate());
    Tick cut = Histories.tick(scenario.cut());
    assertThat(judged.shown().from().stream()).allMatch(from -> !from.isAfter(cut));
    assertThat(judged.shown().to().stream()).allMatch(to -> !to.isBefore(cut));
  }

  @Property
  void noMoreIsCalledLostThanASoundRecoveryLost(@ForAll("histories") Scenario scenario) {
    long atMost =
        scenario.writes().stream()
            .filter(write -> write.outcome() == Outcome.ACKNOWLEDGED)
            .filter(write -> !scenario.isInEffect(write))
            .count();
    assertThat(scenario.judge().lost()).isLessThanOrEqualTo((int) atMost);
  }

  @Property
  void tinyHistoriesAreJudgedAsTryingEveryFateOfEveryWriteJudgesThem(
      @ForAll("disturbed") Disturbed tried) {
    Scenario scenario = tried.scenario();
    List<Entry> ledger = scenario.ledger();

    SlowReference slow =
        SlowReference.of(ledger, tried.rows(), scenario.point(), scenario.restoredTick());
    LedgerJudgement fast = scenario.judge(tried.rows());

    Statistics.label("sound").collect(slow.fits());
    assertThat(fast.findings().isEmpty()).as("%s", fast.findings()).isEqualTo(slow.fits());
    if (slow.fits()) {
      assertThat(fast.lost()).isEqualTo((int) slow.fewestLost());
      assertThat(fast.shown()).isEqualTo(slow.cuts());
      assertThat(fast.oldestLost().map(e -> e.answered().nanos())).isEqualTo(slow.oldestLost());
    }
  }

  /** A history and contents that need not come from it. */
  record Disturbed(Scenario scenario, List<StoredRow> rows) {}

  @Provide
  Arbitrary<Scenario> histories() {
    return Scenarios.scenarios(12, 60);
  }

  @Provide
  Arbitrary<Disturbed> disturbed() {
    Arbitrary<Map<String, String>> disturbances =
        Arbitraries.maps(
                Arbitraries.integers().between(0, 3).map(key -> "k" + key),
                Arbitraries.of("", "v1", "v2", "v3"))
            .ofMaxSize(2);
    return Combinators.combine(Scenarios.scenarios(3, 12), disturbances)
        .as(
            (scenario, disturbance) -> {
              Map<String, String> state = new TreeMap<>(scenario.contents());
              disturbance.forEach(
                  (key, value) -> {
                    if (value.isEmpty()) {
                      state.remove(key);
                    } else {
                      state.put(key, value);
                    }
                  });
              return new Disturbed(scenario, new ArrayList<>(Scenario.rows(state)));
            });
  }
}
