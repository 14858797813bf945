package dev.drillbook.verification;

import static dev.drillbook.verification.Histories.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Tick;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.workload.Ledger.Entry;
import dev.drillbook.workload.Operation.Kind;
import dev.drillbook.workload.Outcome;
import dev.drillbook.workload.StoredRow;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerJudgeTest {
  private static final Tick NOTHING_RESTORED = new Tick(Long.MAX_VALUE);

  private final Histories history = new Histories();

  @Test
  void whereEveryWriteSurvivesNothingIsFound() {
    history.insert("a", "1", 10, 20).insert("b", "1", 20, 30).update("a", "2", 40, 50);
    LedgerJudgement judged = judge("a=2", "b=1");
    assertClean(judged);
    assertThat(judged.surviving()).isEqualTo(3);
    assertThat(judged.lost()).isZero();
    assertThat(judged.oldestLost()).isEmpty();
    assertThat(judged.verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aLostSuffixIsCountedAndIsNoDamage() {
    history
        .insert("a", "1", 10, 20)
        .insert("b", "1", 30, 60)
        .insert("c", "1", 40, 50)
        .insert("d", "1", 70, 80);
    LedgerJudgement judged = judge("a=1");
    assertClean(judged);
    assertThat(judged.surviving()).isEqualTo(1);
    assertThat(judged.lost()).isEqualTo(3);
    assertThat(judged.oldestLost()).map(Entry::key).contains("c");
    assertThat(judged.newestLost()).map(Entry::key).contains("d");
  }

  @Test
  void aLostWriteBeforeASurvivingLaterOneIsAHole() {
    history.insert("a", "1", 10, 20).insert("b", "1", 21, 30);
    LedgerJudgement judged = judge("b=1");
    assertOnly(judged, "1 holes");
    assertThat(judged.holes()).isEqualTo(1);
    assertThat(judged.findings().get(0).examples())
        .containsExactly("a = 1, acknowledged at 0.020 s, before a surviving write was invoked");
    assertThat(judged.verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void writesThatOverlapMaySurviveInEitherOrder() {
    history.insert("a", "1", 10, 30).insert("b", "1", 20, 40);
    assertClean(judge("b=1"));
    assertClean(judge("a=1"));
  }

  @Test
  void anAnswerAtTheVeryInstantOfAnInvocationCountsAsOverlap() {
    history.insert("a", "1", 10, 20).insert("b", "1", 20, 30);
    assertClean(judge("b=1"));
  }

  @Test
  void aWriteFromBeforeTheRecoveryPointThatIsGoneIsAHoleEvenIfNothingLaterSurvived() {
    history.insert("a", "1", 10, 20);
    LedgerJudgement judged = judgeFrom(point(50));
    assertOnly(judged, "1 holes");
    assertThat(judged.findings().get(0).examples())
        .containsExactly("a = 1, acknowledged at 0.020 s, before the recovery point");
  }

  @Test
  void whatWasInFlightAtTheRecoveryPointMayBeThereOrNot() {
    history.insert("a", "1", 10, 20).insert("b", "1", 40, 60);
    assertClean(judgeFrom(point(50), "a=1"));
    assertClean(judgeFrom(point(50), "a=1", "b=1"));
  }

  @Test
  void aRowThatNobodyAttemptedIsAPhantom() {
    history.insert("a", "1", 10, 20);
    LedgerJudgement judged = judge("a=1", "z=9");
    assertOnly(judged, "1 phantom rows");
    assertThat(judged.findings().get(0).examples())
        .containsExactly("z = 9, which no client ever attempted");
  }

  @Test
  void aRowWhoseWriteWasRefusedIsAPhantom() {
    history.add(Kind.INSERT, "a", "1", 10, 20, Outcome.FAILED);
    LedgerJudgement judged = judge("a=1");
    assertOnly(judged, "1 phantom rows");
    assertThat(judged.findings().get(0).examples())
        .containsExactly("a = 1, whose write was refused: status 409");
  }

  @Test
  void aRefusedWriteThatIsNotThereIsAsItShouldBe() {
    history.insert("a", "1", 10, 20).add(Kind.UPDATE, "a", "2", 30, 40, Outcome.FAILED);
    LedgerJudgement judged = judge("a=1");
    assertClean(judged);
    assertThat(judged.failed()).isEqualTo(1);
  }

  @Test
  void aRowFromBeyondTheRecoveryPointIsAPhantom() {
    history.insert("a", "1", 10, 20).insert("b", "1", 60, 70).insert("c", "1", 120, 130);
    LedgerJudgement judged = judge(Optional.of(point(50)), tick(100), "a=1", "b=1", "c=1");
    assertOnly(judged, "1 phantom rows");
    assertThat(judged.findings().get(0).examples())
        .containsExactly(
            "b = 1, acknowledged at 0.070 s, after the recovery point, and yet it is there");
  }

  @Test
  void aWriteThatWasAnsweredByTheRecoveredSystemIsNoPhantom() {
    history.insert("a", "1", 10, 20).insert("b", "1", 95, 105).insert("c", "1", 120, 130);
    assertClean(judge(Optional.of(point(50)), tick(100), "a=1", "b=1", "c=1"));
    assertClean(judge(Optional.of(point(50)), tick(100), "a=1", "c=1"));
  }

  @Test
  void anIndeterminateWriteMayHaveReachedTheRecoveredSystem() {
    history
        .insert("a", "1", 10, 20)
        .add(Kind.INSERT, "b", "1", 60, 90, Outcome.INDETERMINATE)
        .insert("c", "1", 120, 130);
    LedgerJudgement judged = judge(Optional.of(point(50)), tick(100), "a=1", "b=1", "c=1");
    assertClean(judged);
    assertThat(judged.recovered()).isEqualTo(1);
  }

  @Test
  void aKeyThatStandsTwiceIsADuplicate() {
    history.insert("a", "1", 10, 20);
    LedgerJudgement judged = judge("a=1", "a=1", "a=1");
    assertOnly(judged, "1 duplicates");
    assertThat(judged.findings().get(0).examples()).containsExactly("a stands more than once");
  }

  @Test
  void aValueThatNoClientWroteIsAltered() {
    history.insert("a", "1", 10, 20);
    LedgerJudgement judged = judge("a=7");
    assertOnly(judged, "1 altered rows");
    assertThat(judged.findings().get(0).examples())
        .containsExactly("a is 7, last written as 1, acknowledged at 0.020 s");
  }

  @Test
  void aRowWhoseDeleteMustHaveSurvivedIsResurrected() {
    history.insert("a", "1", 10, 20).delete("a", 30, 40).insert("b", "1", 50, 60);
    LedgerJudgement judged = judge("a=1", "b=1");
    assertOnly(judged, "1 resurrected rows");
    assertThat(judged.resurrected()).isEqualTo(1);
    assertThat(judged.findings().get(0).examples())
        .containsExactly(
            "a was deleted, acknowledged at 0.040 s, before a surviving write was invoked");
  }

  @Test
  void aRowWhoseDeleteMayHaveBeenLostIsThereInGoodOrder() {
    history.insert("a", "1", 10, 20).delete("a", 30, 40);
    LedgerJudgement judged = judge("a=1");
    assertClean(judged);
    assertThat(judged.lost()).isEqualTo(1);
  }

  @Test
  void anOlderVersionThanTheRecoveryPointsIsStale() {
    history.insert("a", "1", 10, 20).update("a", "2", 30, 40);
    LedgerJudgement judged = judgeFrom(point(50), "a=1");
    assertOnly(judged, "1 stale versions");
    assertThat(judged.stale()).isEqualTo(1);
    assertThat(judged.holes()).isZero();
    assertThat(judged.surviving()).isEqualTo(1);
    assertThat(judged.lost()).isEqualTo(1);
    assertThat(judged.findings().get(0).examples())
        .containsExactly("a = 2, acknowledged at 0.040 s, before the recovery point");
  }

  @Test
  void anOlderVersionWithoutAnythingLaterIsALostSuffix() {
    history.insert("a", "1", 10, 20).update("a", "2", 30, 40);
    assertClean(judge("a=1"));
  }

  @Test
  void indeterminateWritesMayBeThereOrNot() {
    history
        .insert("a", "1", 10, 20)
        .add(Kind.INSERT, "b", "1", 30, 40, Outcome.INDETERMINATE)
        .add(Kind.UPDATE, "a", "2", 30, 40, Outcome.INDETERMINATE);
    LedgerJudgement without = judge("a=1");
    assertClean(without);
    assertThat(without.recovered()).isZero();
    LedgerJudgement with = judge("a=2", "b=1");
    assertClean(with);
    assertThat(with.recovered()).isEqualTo(2);
    assertThat(with.indeterminate()).isEqualTo(2);
    assertThat(with.surviving()).isEqualTo(1);
  }

  @Test
  void aSurvivingIndeterminateWriteProvesWhatWasAcknowledgedBeforeIt() {
    history.insert("a", "1", 10, 20).add(Kind.INSERT, "b", "1", 30, 40, Outcome.INDETERMINATE);
    assertOnly(judge("b=1"), "1 holes");
  }

  @Test
  void whatTheRecoveredSystemAcknowledgedIsNeitherBeyondNorAHole() {
    history.insert("a", "1", 10, 20).insert("b", "1", 60, 70).insert("c", "1", 110, 120);
    LedgerJudgement judged = judge(Optional.of(point(50)), tick(100), "a=1", "c=1");
    assertClean(judged);
    assertThat(judged.lost()).isEqualTo(1);
    assertThat(judged.oldestLost()).map(Entry::key).contains("b");
  }

  @Test
  void whatTheRecoveredSystemAcknowledgedMustBeThere() {
    history.insert("a", "1", 10, 20).insert("b", "1", 110, 120).insert("c", "1", 130, 140);
    LedgerJudgement judged = judge(Optional.of(point(50)), tick(100), "a=1", "c=1");
    assertOnly(judged, "1 writes lost after the recovery");
    assertThat(judged.oldestLost()).isEmpty();
    assertThat(judged.findings().get(0).examples())
        .containsExactly("b = 1, acknowledged at 0.120 s");
  }

  @Test
  void aKeyThatWasInsertedAndDeletedAfterTheCutSaysNothingAboutIt() {
    history.insert("a", "1", 10, 20).insert("b", "1", 30, 40).insert("c", "1", 50, 60);
    history.delete("c", 70, 80);
    LedgerJudgement judged = judge("a=1");
    assertClean(judged);
    assertThat(judged.oldestLost()).map(Entry::key).contains("b");
    assertClean(judgeFrom(point(25), "a=1"));
  }

  @Test
  void aDeleteOfARowThatMustHaveBeenThereProvesWhatWasAcknowledgedBeforeIt() {
    history.insert("a", "1", 10, 20).insert("b", "1", 30, 40).delete("a", 50, 60);
    assertOnly(judgeFrom(new RecoveryPoint(tick(25), tick(100))), "1 holes");
    assertClean(judgeFrom(new RecoveryPoint(tick(25), tick(100)), "b=1"));
  }

  @Test
  void aRowThatMustBeThereAndWasDeletedOnlyBeyondTheRecoveryPointIsAHole() {
    history.insert("a", "1", 10, 20).delete("a", 60, 70);
    assertOnly(judgeFrom(point(50)), "1 holes");
    assertClean(judgeFrom(point(50), "a=1"));
  }

  @Test
  void aValueThatWasWrittenTwiceMayBeTheOlderOne() {
    history.insert("a", "1", 10, 20).insert("b", "1", 30, 40);
    history.update("a", "2", 50, 60).update("a", "1", 70, 80);
    assertClean(judge("a=1"));
    assertClean(judgeFrom(point(25), "a=1"));
  }

  @Test
  void aFindingShowsFiveExamplesAndCountsAll() {
    for (int i = 0; i < 9; i++) {
      history.insert("lost-" + i, "1", 10, 20);
    }
    history.insert("kept", "1", 30, 40);
    LedgerJudgement judged = judge("kept=1");
    assertOnly(judged, "9 holes");
    assertThat(judged.findings().get(0).examples()).hasSize(Finding.MAX_EXAMPLES);
  }

  @Test
  void severalKindsOfDamageAreToldApart() {
    history.insert("a", "1", 10, 20).insert("b", "1", 10, 20).insert("c", "1", 30, 40);
    assertThat(judge("b=2", "c=1", "c=1", "z=1").findings())
        .extracting(Finding::found)
        .containsExactly("1 holes", "1 phantom rows", "1 duplicates", "1 altered rows");
  }

  @Test
  void ofClientsThatWriteToOneKeyAtOnceEitherMayBeTheLast() {
    history.insert("a", "1", 10, 20).update("a", "2", 30, 50).update("a", "3", 40, 60);
    for (String row : List.of("a=2", "a=3")) {
      LedgerJudgement judged = judgeFrom(point(70), row);
      assertClean(judged);
      assertThat(judged.lost()).isZero();
    }
    assertOnly(judgeFrom(point(70), "a=1"), "2 stale versions");
  }

  @Test
  void anAnswerAtTheVeryInstantOfAnInvocationOnTheSameKeyCountsAsOverlap() {
    history.insert("a", "1", 10, 20).update("a", "2", 20, 30).update("a", "3", 31, 40);
    assertOnly(judgeFrom(point(50), "a=2"), "1 stale versions");
    assertOnly(judgeFrom(point(50), "a=1"), "1 stale versions");
    assertClean(judgeFrom(point(30), "a=1"));
    assertThat(judgeFrom(point(30), "a=1").lost()).isEqualTo(1);
  }

  @Test
  void anUpdateThatWasInvokedAtTheVeryInstantOfTheInsertsAnswerMayHaveComeFirst() {
    history.insert("a", "1", 10, 20).update("a", "2", 20, 30).insert("w", "1", 50, 60);
    LedgerJudgement judged = judge("a=1", "w=1");
    assertClean(judged);
    assertThat(judged.lost()).isZero();
    assertThat(judge("a=1").shown().to()).contains(tick(60));
  }

  @Test
  void aWriteThatWasInvokedAtTheVeryEndOfTheRecoveryPointProvesThatItLiesThere() {
    history.insert("a", "1", 10, 20).insert("b", "1", 60, 70);
    LedgerJudgement judged = judgeFrom(new RecoveryPoint(tick(40), tick(60)), "a=1", "b=1");
    assertClean(judged);
    assertThat(judged.shown())
        .isEqualTo(new CutRange(Optional.of(tick(60)), Optional.of(tick(60))));
  }

  @Test
  void whatWasAcknowledgedAtTheRecoveryPointItselfMayBeMissing() {
    history.insert("a", "1", 10, 50).insert("b", "1", 50, 60);
    assertClean(judgeFrom(point(50)));
    assertClean(judgeFrom(point(50), "a=1", "b=1"));
    assertOnly(judgeFrom(point(51), "b=1"), "1 holes");
    assertOnly(judgeFrom(point(49), "a=1", "b=1"), "1 phantom rows");
  }

  @Test
  void anIndeterminateWriteMayTakeEffectLongAfterItWasGivenUp() {
    history
        .add(Kind.INSERT, "a", "late", 10, 20, Outcome.INDETERMINATE)
        .insert("a", "1", 30, 40)
        .insert("b", "1", 50, 60);
    LedgerJudgement judged = judge("a=late", "b=1");
    assertClean(judged);
    assertThat(judged.recovered()).isEqualTo(1);
    assertThat(judged.lost()).isZero();
  }

  @Test
  void whereAnAcknowledgedWriteExplainsARowAsWellNothingIsCalledRecovered() {
    history.insert("a", "1", 10, 20).add(Kind.UPDATE, "a", "1", 30, 40, Outcome.INDETERMINATE);
    assertThat(judge("a=1").recovered()).isZero();
    history.update("a", "2", 50, 60).insert("b", "1", 70, 80);
    LedgerJudgement judged = judge("a=1", "b=1");
    assertClean(judged);
    assertThat(judged.recovered()).isEqualTo(1);
  }

  @Test
  void aWriteThatWasInFlightWhenTheSystemCameBackMayBeLostOrHaveGoneToEither() {
    history.insert("a", "1", 10, 20).insert("b", "1", 95, 105).insert("c", "1", 120, 130);
    Optional<RecoveryPoint> known = Optional.of(point(50));
    assertThat(judge(known, tick(100), "a=1", "b=1", "c=1").lost()).isZero();
    LedgerJudgement lost = judge(known, tick(100), "a=1", "c=1");
    assertClean(lost);
    assertThat(lost.lost()).isEqualTo(1);
    assertThat(lost.oldestLost()).map(Entry::key).contains("b");
  }

  @Test
  void anUpdateOfTheRecoveredSystemIsNotUndoneByWhatWasRestored() {
    history.insert("a", "1", 10, 20).update("a", "2", 110, 120);
    Optional<RecoveryPoint> known = Optional.of(point(50));
    assertClean(judge(known, tick(100), "a=2"));
    assertOnly(judge(known, tick(100), "a=1"), "1 writes lost after the recovery");
    assertThat(judge(known, tick(100)).findings())
        .extracting(Finding::found)
        .containsExactly("1 holes", "1 writes lost after the recovery");
  }

  @Test
  void aRowThatIsBackAndOlderStillIsBothResurrectedAndStale() {
    history.insert("a", "1", 10, 20).delete("a", 30, 40).insert("a", "2", 50, 60);
    assertThat(judgeFrom(point(70), "a=1").findings())
        .extracting(Finding::found)
        .containsExactly("1 stale versions", "1 resurrected rows");
  }

  @Test
  void contentsShowWhichRecoveryPointTheyAreOf() {
    history.insert("a", "1", 10, 20).insert("b", "1", 30, 40).insert("c", "1", 50, 60);
    assertThat(judge("a=1").shown())
        .isEqualTo(new CutRange(Optional.of(tick(10)), Optional.of(tick(40))));
    assertThat(judge("a=1", "b=1", "c=1").shown())
        .isEqualTo(new CutRange(Optional.of(tick(50)), Optional.empty()));
    assertThat(judge().shown()).isEqualTo(new CutRange(Optional.empty(), Optional.of(tick(20))));
  }

  @Test
  void aGapThatOneKeyLeavesMovesTheRecoveryPointIntoTheNextKeysGap() {
    history
        .insert("a", "1", 10, 20)
        .insert("b", "1", 30, 40)
        .insert("w", "1", 50, 60)
        .delete("a", 70, 80)
        .insert("c", "1", 90, 100)
        .delete("b", 110, 120);
    // w proves 50, which is in the gap that a leaves; a proves 70, which is in the gap of b.
    LedgerJudgement judged = judge("w=1");
    assertThat(judged.shown().from()).contains(tick(110));
    assertOnly(judged, "1 holes");
    assertThat(judged.findings().get(0).examples())
        .containsExactly("c = 1, acknowledged at 0.100 s, before a surviving write was invoked");
  }

  @Test
  void aGapOfASingleNanosecondIsAGap() {
    List<Entry> ledger =
        List.of(
            entry(0, Kind.INSERT, "a", "1", 10, 20),
            entry(1, Kind.INSERT, "b", "1", 21, 30),
            entry(2, Kind.DELETE, "a", "", 22, 40));
    List<StoredRow> rows = List.of(new StoredRow("b", "1"));
    assertThat(Judging.judge(ledger, rows, Optional.empty(), NOTHING_RESTORED).shown().from())
        .contains(new Tick(22));
  }

  private static Entry entry(
      int id, Kind kind, String key, String value, long invokedNanos, long answeredNanos) {
    Tick invoked = new Tick(invokedNanos);
    Tick answered = new Tick(answeredNanos);
    return new Entry(id, kind, key, value, invoked, answered, Outcome.ACKNOWLEDGED, "");
  }

  @Test
  void theLatestCutComesBackOutOfAGapToo() {
    history.insert("a", "1", 10, 20).insert("b", "1", 40, 50).delete("a", 60, 70);
    assertThat(judge().shown().to()).contains(tick(20));
  }

  @Test
  void whatAKeyProvesIsNotHeldAgainstItTwice() {
    history.insert("a", "1", 10, 20).insert("b", "1", 30, 40).update("a", "2", 50, 60);
    LedgerJudgement judged = judge("a=2");
    assertOnly(judged, "1 holes");
    assertThat(judged.lost()).isEqualTo(1);
  }

  @Test
  void aDuplicateIsExplainedByWhicheverOfItsRowsExplainsMore() {
    history.insert("a", "1", 10, 20).update("a", "2", 30, 40);
    for (String[] rows : new String[][] {{"a=1", "a=2"}, {"a=2", "a=1"}, {"a=2", "a=9"}}) {
      LedgerJudgement judged = judgeFrom(point(50), rows);
      assertOnly(judged, "1 duplicates");
      assertThat(judged.lost()).isZero();
    }
  }

  @Test
  void aStrangerThatStandsTwiceIsOnePhantomAndOneDuplicate() {
    assertThat(judge("z=1", "z=2", "y=1").findings())
        .extracting(Finding::found)
        .containsExactly("2 phantom rows", "1 duplicates");
    assertThat(judge("z=1", "z=2").findings().get(1).examples())
        .containsExactly("z stands more than once");
  }

  @Test
  void allWritesOfAnAlteredRowCountAsLost() {
    history.insert("a", "1", 10, 20).update("a", "2", 30, 40);
    LedgerJudgement judged = judge("a=9");
    assertOnly(judged, "1 altered rows");
    assertThat(judged.lost()).isEqualTo(2);
    assertThat(judged.surviving()).isZero();
  }

  @Test
  void aKeyThatEveryClientWritesToIsJudgedInOneGo() {
    int writes = 200_000;
    for (int i = 0; i < writes; i++) {
      history.update("hot", "v" + i % 3, i, i + 5);
    }
    LedgerJudgement judged = judge("hot=v1");
    assertClean(judged);
    assertThat(judged.lost()).isZero();
    assertOnly(judgeFrom(point(writes + 10), "hot=no-such"), "1 altered rows");
  }

  @Test
  void aWriteThatTookLongerThanAnIntOfNanosecondsKeepsItsTimes() {
    history.insert("slow", "1", 10, 9_000).insert("b", "1", 8_000, 8_100);
    assertClean(judge("b=1"));
    history.insert("c", "1", 9_001, 9_002);
    assertOnly(judge("b=1", "c=1"), "1 holes");
  }

  @Test
  void rowsOfAllPartsAreJudgedHoweverManyAreSpilled() {
    String[] rows = new String[2_000];
    for (int i = 0; i < rows.length; i++) {
      history.insert("key-" + i, "1", 10 + i, 11 + i);
      rows[i] = "key-" + i + "=1";
    }
    assertClean(judge(rows));
    assertThat(judge(rows).surviving()).isEqualTo(rows.length);
    rows[1_000] = "other=1";
    assertThat(judge(rows).findings())
        .extracting(Finding::found)
        .containsExactly("1 holes", "1 phantom rows");
  }

  @Test
  void lossIsCountedInEveryPart() {
    for (int i = 0; i < 500; i++) {
      history.insert("key-" + i, "1", 10 + i, 11 + i);
    }
    assertThat(judge().lost()).isEqualTo(500);
  }

  @Test
  void whatTookEffectInTheRecoveredSystemDoesNotShowThatEarlierWritesWereRestored() {
    history
        .insert("d", "1", 30, 40)
        .insert("a", "1", 60, 70)
        .update("a", "2", 95, 105)
        .insert("c", "1", 120, 130);
    LedgerJudgement judged = judge(Optional.empty(), tick(100), "a=2", "c=1");
    assertClean(judged);
    assertThat(judged.lost()).isEqualTo(2);
  }

  @Test
  void aRecoveryPointAfterTheRecoveryIsRefused() {
    assertThatThrownBy(() -> judge(Optional.of(point(200)), tick(100)))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("nothing can be restored before it is saved");
    assertThatThrownBy(() -> new RecoveryPoint(tick(2), tick(1)))
        .isInstanceOf(DrillException.class);
  }

  @Test
  void anEmptyLedgerAndAnEmptyStoreFitTogether() {
    LedgerJudgement judged = judge();
    assertClean(judged);
    assertThat(judged.attempted()).isZero();
  }

  private LedgerJudgement judge(String... rows) {
    return judge(Optional.empty(), NOTHING_RESTORED, rows);
  }

  private LedgerJudgement judgeFrom(RecoveryPoint point, String... rows) {
    return judge(Optional.of(point), NOTHING_RESTORED, rows);
  }

  private LedgerJudgement judge(Optional<RecoveryPoint> point, Tick restored, String... rows) {
    return Judging.judge(history.entries(), contents(rows), point, restored);
  }

  private static List<StoredRow> contents(String... rows) {
    return Arrays.stream(rows)
        .map(row -> row.split("=", 2))
        .map(row -> new StoredRow(row[0], row[1]))
        .toList();
  }

  private static RecoveryPoint point(long millis) {
    return new RecoveryPoint(tick(millis), tick(millis));
  }

  private static void assertClean(LedgerJudgement judged) {
    assertThat(judged.findings()).isEmpty();
    assertThat(judged.surviving() + judged.lost()).isEqualTo(judged.acknowledged());
  }

  private static void assertOnly(LedgerJudgement judged, String found) {
    assertThat(judged.findings()).extracting(Finding::found).containsExactly(found);
    assertThat(judged.findings().get(0).verdict()).isEqualTo(Verdict.FAIL);
  }
}
