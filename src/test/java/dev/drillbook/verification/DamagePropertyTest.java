package dev.drillbook.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.timeline.Finding;
import dev.drillbook.workload.Operation.Kind;
import dev.drillbook.workload.Outcome;
import dev.drillbook.workload.StoredRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Damage to a few victims in an otherwise sound recovery of any history is found, counted, and
 * nothing else changes. A witness that survived proves that the victims' writes had to.
 */
class DamagePropertyTest {
  private static final long EARLIEST_CUT = 8;

  @Property
  void aRowThatIsGoneIsAHole(
      @ForAll("histories") Scenario history, @ForAll @IntRange(min = 1, max = 7) int victims) {
    Damaged damaged = new Damaged(history, victims);
    damaged.write(Kind.INSERT, "v1", 0);
    damaged.rows();
    damaged.expect("holes", Map.of("holes", victims, "lost", victims, "surviving", -victims));
  }

  @Property
  void everyWriteOfARowThatIsGoneIsAHole(
      @ForAll("histories") Scenario history, @ForAll @IntRange(min = 1, max = 7) int victims) {
    Damaged damaged = new Damaged(history, victims);
    damaged.write(Kind.INSERT, "v1", 0);
    damaged.write(Kind.UPDATE, "v2", 2);
    damaged.rows();
    damaged.expect(
        "holes", Map.of("holes", 2 * victims, "lost", 2 * victims, "surviving", -2 * victims));
  }

  @Property
  void anOlderValueIsStale(
      @ForAll("histories") Scenario history, @ForAll @IntRange(min = 1, max = 7) int victims) {
    Damaged damaged = new Damaged(history, victims);
    damaged.write(Kind.INSERT, "v1", 0);
    damaged.write(Kind.UPDATE, "v2", 2);
    damaged.rows("v1");
    damaged.expect(
        "stale versions", Map.of("stale", victims, "lost", victims, "surviving", -victims));
  }

  @Property
  void aDeletedRowThatIsBackIsResurrected(
      @ForAll("histories") Scenario history, @ForAll @IntRange(min = 1, max = 7) int victims) {
    Damaged damaged = new Damaged(history, victims);
    damaged.write(Kind.INSERT, "v1", 0);
    damaged.write(Kind.DELETE, "", 2);
    damaged.rows("v1");
    damaged.expect(
        "resurrected rows", Map.of("resurrected", victims, "lost", victims, "surviving", -victims));
  }

  @Property
  void aRowThatNobodyAttemptedIsAPhantom(
      @ForAll("histories") Scenario history, @ForAll @IntRange(min = 1, max = 7) int victims) {
    Damaged damaged = new Damaged(history, victims);
    damaged.rows("v1");
    damaged.expect("phantom rows", Map.of("phantoms", victims));
  }

  @Property
  void aRowWhoseWriteWasRefusedIsAPhantom(
      @ForAll("histories") Scenario history, @ForAll @IntRange(min = 1, max = 7) int victims) {
    Damaged damaged = new Damaged(history, victims);
    damaged.write(Kind.INSERT, "v1", 0, Outcome.FAILED, false);
    damaged.rows("v1");
    damaged.expect("phantom rows", Map.of("phantoms", victims));
  }

  @Property
  void aRowFromAfterAKnownRecoveryPointIsAPhantom(
      @ForAll("histories") Scenario history, @ForAll @IntRange(min = 1, max = 7) int victims) {
    long cut = history.cut();
    Scenario known =
        new Scenario(history.writes(), cut, history.restored(), Scenario.point(cut, cut));
    Damaged damaged = new Damaged(known, victims);
    damaged.write(Kind.INSERT, "v1", cut + 1);
    damaged.rows("v1");
    damaged.expect(
        "phantom rows", Map.of("phantoms", victims, "lost", -victims, "surviving", victims));
  }

  @Property
  void aKeyThatStandsTwiceIsADuplicate(
      @ForAll("histories") Scenario history, @ForAll @IntRange(min = 1, max = 7) int victims) {
    Damaged damaged = new Damaged(history, victims);
    damaged.write(Kind.INSERT, "v1", 0);
    damaged.write(Kind.UPDATE, "v2", 2);
    damaged.rows("v2", "v1");
    damaged.expect("duplicates", Map.of("duplicates", victims));
  }

  @Property
  void aValueThatNobodyWroteIsAltered(
      @ForAll("histories") Scenario history, @ForAll @IntRange(min = 1, max = 7) int victims) {
    Damaged damaged = new Damaged(history, victims);
    damaged.write(Kind.INSERT, "v1", 0);
    damaged.rows("garbage");
    damaged.expect(
        "altered rows", Map.of("altered", victims, "lost", victims, "surviving", -victims));
  }

  @Property
  void aRowThatTheRecoveredSystemAcknowledgedAndDoesNotHoldIsLostAfterwards(
      @ForAll("recovered") Scenario history, @ForAll @IntRange(min = 1, max = 7) int victims) {
    Damaged damaged = new Damaged(history, victims);
    damaged.write(Kind.INSERT, "v1", Scenarios.RESTORED);
    damaged.rows();
    damaged.expect(
        "writes lost after the recovery",
        Map.of("lostAfterwards", victims, "lost", victims, "surviving", -victims));
  }

  @Property
  void anUpdateThatTheRecoveredSystemForgotIsLostAfterwards(
      @ForAll("recovered") Scenario history, @ForAll @IntRange(min = 1, max = 7) int victims) {
    Damaged damaged = new Damaged(history, victims);
    damaged.write(Kind.INSERT, "v1", 0);
    damaged.write(Kind.UPDATE, "v2", Scenarios.RESTORED);
    damaged.rows("v1");
    damaged.expect(
        "writes lost after the recovery",
        Map.of("lostAfterwards", victims, "lost", victims, "surviving", -victims));
  }

  @Provide
  Arbitrary<Scenario> histories() {
    return Scenarios.scenarios(6, 30).filter(scenario -> scenario.cut() >= EARLIEST_CUT);
  }

  @Provide
  Arbitrary<Scenario> recovered() {
    return histories().filter(scenario -> scenario.restored().isPresent());
  }

  /** A sound recovery, and the same with some keys' rows exchanged. */
  private static final class Damaged {
    private final int victims;
    private Scenario history;
    private List<StoredRow> damagedRows = List.of();

    Damaged(Scenario history, int victims) {
      this.victims = victims;
      this.history =
          history.with(
              new TimedWrite(
                  Kind.INSERT, "witness", "v1", 6, 7, Outcome.ACKNOWLEDGED, Optional.of(7L)));
    }

    void write(Kind kind, String value, long at) {
      write(kind, value, at, Outcome.ACKNOWLEDGED, true);
    }

    void write(Kind kind, String value, long at, Outcome outcome, boolean applied) {
      for (int victim = 0; victim < victims; victim++) {
        Optional<Long> when = applied ? Optional.of(at) : Optional.empty();
        history =
            history.with(new TimedWrite(kind, "victim" + victim, value, at, at + 1, outcome, when));
      }
    }

    void rows(String... values) {
      Map<String, String> sound = history.contents();
      sound.keySet().removeIf(key -> key.startsWith("victim"));
      damagedRows = Scenario.rows(sound);
      for (int victim = 0; victim < victims; victim++) {
        for (String value : values) {
          damagedRows.add(new StoredRow("victim" + victim, value));
        }
      }
    }

    void expect(String found, Map<String, Integer> changes) {
      LedgerJudgement before = history.judge();
      LedgerJudgement after = history.judge(damagedRows);

      assertThat(before.findings()).isEmpty();
      assertThat(after.findings())
          .singleElement()
          .extracting(Finding::found)
          .asString()
          .endsWith(" " + found);
      assertThat(after.findings().get(0).examples())
          .hasSize(Math.min(Finding.MAX_EXAMPLES, examplesOf(after)));
      Map<String, Integer> expected = new LinkedHashMap<>(counts(before));
      changes.forEach((name, change) -> expected.merge(name, change, Integer::sum));
      assertThat(counts(after)).isEqualTo(expected);
      assertThat(after.shown()).isEqualTo(before.shown());
    }

    private static int examplesOf(LedgerJudgement judged) {
      return Integer.parseInt(judged.findings().get(0).found().split(" ", 2)[0]);
    }

    private static Map<String, Integer> counts(LedgerJudgement judged) {
      Map<String, Integer> counts = new LinkedHashMap<>();
      counts.put("attempted", judged.attempted());
      counts.put("acknowledged", judged.acknowledged());
      counts.put("failed", judged.failed());
      counts.put("indeterminate", judged.indeterminate());
      counts.put("surviving", judged.surviving());
      counts.put("lost", judged.lost());
      counts.put("recovered", judged.recovered());
      counts.put("holes", judged.holes());
      counts.put("stale", judged.stale());
      counts.put("phantoms", judged.phantoms());
      counts.put("duplicates", judged.duplicates());
      counts.put("altered", judged.altered());
      counts.put("resurrected", judged.resurrected());
      counts.put("lostAfterwards", judged.lostAfterwards());
      return counts;
    }
  }
}
