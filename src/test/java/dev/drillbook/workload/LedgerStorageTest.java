package dev.drillbook.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.Operation.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerStorageTest {

  @Test
  void textsComeBackWhetherTheyStandInMemoryOrInTheFile() {
    try (TextLog log = new TextLog(100)) {
      for (int i = 0; i < 200; i++) {
        log.append(utf8("key-" + i), utf8(i == 77 ? "x".repeat(500) : "größe " + i));
      }
      for (int i : new int[] {0, 1, 31, 32, 33, 76, 78, 127, 198, 199}) {
        assertThat(log.read(i)).isEqualTo(new TextLog.Texts("key-" + i, "größe " + i));
      }
      assertThat(log.read(77).value()).hasSize(500);
    }
  }

  @Test
  void aClosedLedgerSaysThatItsTextsAreGone() {
    TextLog log = new TextLog();
    log.append(utf8("a"), utf8("1"));
    log.close();
    assertThatThrownBy(() -> log.read(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void aScratchFileHasNoNameThatAKilledRunCouldLeave() {
    try (ScratchFile file = ScratchFile.create()) {
      assertThat(Files.exists(file.path())).isFalse();
      assertThat(file.append(new byte[] {1, 2, 3}, 2)).isZero();
      assertThat(file.append(new byte[] {7}, 1)).isEqualTo(2);
      byte[] back = new byte[2];
      file.read(1, back, 2);
      assertThat(back).containsExactly(2, 7);
      assertThat(file.size()).isEqualTo(3);
    }
  }

  @Test
  void anInterruptedThreadDoesNotLoseTheFileForTheOthers() {
    try (ScratchFile file = ScratchFile.create()) {
      Thread.currentThread().interrupt();
      file.append(new byte[] {1}, 1);
      assertThat(Thread.interrupted()).isTrue();
      file.append(new byte[] {2}, 1);
      byte[] back = new byte[2];
      file.read(0, back, 2);
      assertThat(back).containsExactly(1, 2);
    }
  }

  @Test
  void tooManyDifferentErrorsAreToldAsOne() {
    Errors errors = new Errors();
    int first = errors.numberOf("error 0");
    for (int i = 1; i < 2 * Errors.MOST; i++) {
      errors.numberOf("error " + i);
    }
    assertThat(errors.text(first)).isEqualTo("error 0");
    assertThat(errors.numberOf("error 0")).isEqualTo(first);
    assertThat(errors.text(errors.numberOf("yet another"))).isEqualTo(Errors.ONE_TOO_MANY);
    assertThat(errors.text(new Errors().numberOf(""))).isEmpty();
    assertThat(new Errors().numberOf("x".repeat(9_999))).isLessThan(1 << 11);
  }

  @Test
  void timesOfEveryLengthComeBackUpTo78Hours() {
    Columns columns = new Columns();
    long[] durations = {0, 1, Integer.MAX_VALUE, 4_294_967_295L, 4_294_967_296L, 200_000_000_000L};
    for (long duration : durations) {
      int id = columns.append(Kind.UPDATE, Columns.LAST_TICK, -1, -2);
      columns.answer(id, Outcome.FAILED, 2_047, Columns.LAST_TICK + duration);
    }
    Columns.Snapshot snapshot = columns.snapshot();
    for (int id = 0; id < durations.length; id++) {
      long head = snapshot.head(id);
      assertThat(Head.invokedNanos(head)).isEqualTo(Columns.LAST_TICK);
      assertThat(Head.kind(head)).isEqualTo(Kind.UPDATE);
      assertThat(Head.outcome(head)).isEqualTo(Outcome.FAILED);
      assertThat(Head.error(head)).isEqualTo(2_047);
      assertThat(snapshot.durationNanos(id, head)).isEqualTo(durations[id]);
      assertThat(snapshot.keyHash(id)).isEqualTo(-1);
      assertThat(snapshot.valueHash(id)).isEqualTo(-2);
    }
    assertThatThrownBy(() -> columns.append(Kind.INSERT, Columns.LAST_TICK + 1, 0, 0))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("78 hours");
  }

  @Test
  void anAnswerBeforeTheInvocationIsRefused() {
    Columns columns = new Columns();
    columns.append(Kind.INSERT, 10, 0, 0);
    assertThatThrownBy(() -> columns.answer(0, Outcome.ACKNOWLEDGED, 0, 9))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPartHoldsExactlyTheAttemptsOnItsKeysAsTheLedgerHasThem() {
    Columns columns = new Columns();
    int writes = 40_000;
    for (int id = 0; id < writes; id++) {
      long key = TextHash.of("key" + id % 1_000);
      columns.append(List.of(Kind.values()).get(id % 3), id, key, id * 31L);
      if (id % 5 > 0) {
        columns.answer(
            id, List.of(Outcome.values()).get(id % 3), 0, id + (id % 7 == 0 ? 5_000_000_000L : 3));
      }
    }
    LedgerView ledger = new LedgerView(columns.snapshot(), new TextLog(), new Errors(), 20_000);
    LedgerPart part = ledger.roomForParts(3);
    int seen = 0;
    for (int number = 0; number < 8; number++) {
      part.load(number, 3, new BitSet());
      assertThat(part.size()).isLessThanOrEqualTo(part.capacity());
      for (int i = 0; i < part.size(); i++) {
        int id = part.id(i);
        assertThat(part.keyHash(i)).isEqualTo(ledger.keyHash(id));
        assertThat(part.keyHash(i) >>> 61).isEqualTo(number);
        assertThat(part.valueHash(i)).isEqualTo(ledger.valueHash(id));
        assertThat(part.kind(i)).isEqualTo(ledger.kind(id));
        assertThat(part.outcome(i)).isEqualTo(ledger.outcome(id));
        assertThat(part.invokedNanos(i)).isEqualTo(ledger.invokedNanos(id));
        if (part.outcome(i) == Outcome.ACKNOWLEDGED) {
          assertThat(part.answeredNanos(i)).isEqualTo(ledger.answeredNanos(id));
        }
        seen++;
      }
    }
    assertThat(seen).isEqualTo(writes);
    BitSet even = new BitSet();
    IntStream.range(0, writes).filter(id -> id % 2 == 0).forEach(even::set);
    part.load(5, 3, even);
    assertThat(part.size()).isPositive();
    for (int i = 0; i < part.size(); i++) {
      assertThat(part.id(i) % 2).isEqualTo(1);
      assertThat(part.keyHash(i)).isEqualTo(ledger.keyHash(part.id(i)));
      assertThat(part.valueHash(i)).isEqualTo(ledger.valueHash(part.id(i)));
    }
  }

  @Test
  void anEntryOutOfOrderIsRefused() {
    Ledger.Entry late = entry(0, 20);
    Ledger.Entry early = entry(1, 10);
    assertThatThrownBy(() -> LedgerView.of(List.of(late, early)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("out of order");
  }

  private static Ledger.Entry entry(int id, long invoked) {
    return new Ledger.Entry(
        id,
        Kind.INSERT,
        "a",
        "1",
        new Tick(invoked),
        new Tick(invoked + 1),
        Outcome.ACKNOWLEDGED,
        "");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
