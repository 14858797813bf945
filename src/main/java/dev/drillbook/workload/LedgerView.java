package dev.drillbook.workload;

import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.Ledger.Entry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The ledger as it was at one moment, which nothing changes any more: an attempt that was answered
 * later is still indeterminate here. Attempts are known by their ids, which count from zero in the
 * order of their invocation. Nothing but {@link #entry} and {@link #entries} makes an object.
 */
public final class LedgerView {
  private static final String UNANSWERED = "no answer yet";

  private final Columns.Snapshot columns;
  private final TextLog texts;
  private final Errors errors;
  private final long asOfNanos;

  LedgerView(Columns.Snapshot columns, TextLog texts, Errors errors, long asOfNanos) {
    this.columns = columns;
    this.texts = texts;
    this.errors = errors;
    this.asOfNanos = asOfNanos;
  }

  /**
   * A ledger written by hand, for tests.
   *
   * @param entries in the order of their invocation, with ids that count from zero
   */
  public static LedgerView of(List<Entry> entries) {
    Columns columns = new Columns();
    TextLog texts = new TextLog();
    Errors errors = new Errors();
    long previous = 0;
    for (Entry entry : entries) {
      long invoked = entry.invoked().nanos();
      byte[] key = entry.key().getBytes(StandardCharsets.UTF_8);
      byte[] value = entry.value().getBytes(StandardCharsets.UTF_8);
      int id = columns.append(entry.kind(), invoked, TextHash.of(key), TextHash.of(value));
      if (id != entry.id() || invoked < previous) {
        throw new IllegalArgumentException("out of order: " + entry);
      }
      previous = invoked;
      texts.append(key, value);
      int error = errors.numberOf(entry.error());
      columns.answer(id, entry.outcome(), error, entry.answered().nanos());
    }
    return new LedgerView(columns.snapshot(), texts, errors, Long.MAX_VALUE);
  }

  public int size() {
    return columns.size();
  }

  public Operation.Kind kind(int id) {
    return Head.kind(columns.head(id));
  }

  /** What the client knew; {@link Outcome#INDETERMINATE} where no answer had come yet. */
  public Outcome outcome(int id) {
    long head = columns.head(id);
    return isAnswered(id, head) ? Head.outcome(head) : Outcome.INDETERMINATE;
  }

  Outcome outcome(long head, long answeredNanos) {
    return Head.isAnswered(head) && answeredNanos <= asOfNanos
        ? Head.outcome(head)
        : Outcome.INDETERMINATE;
  }

  Columns.Snapshot columns() {
    return columns;
  }

  public long invokedNanos(int id) {
    return Head.invokedNanos(columns.head(id));
  }

  /** When the answer came; when the ledger was read, where none had come yet. */
  public long answeredNanos(int id) {
    long head = columns.head(id);
    return isAnswered(id, head) ? answeredNanos(id, head) : asOfNanos;
  }

  /** See {@link TextHash}. */
  public long keyHash(int id) {
    return columns.keyHash(id);
  }

  /** See {@link TextHash}. */
  public long valueHash(int id) {
    return columns.valueHash(id);
  }

  /**
   * Room for a copy of any part of this ledger.
   *
   * @param bits how many first bits of the keys' hashes tell a part from the others; few
   */
  public LedgerPart roomForParts(int bits) {
    int[] sizes = new int[1 << bits];
    for (int id = 0; id < size(); id++) {
      sizes[(int) (keyHash(id) >>> (Long.SIZE - bits))]++;
    }
    return new LedgerPart(this, Arrays.stream(sizes).max().orElse(0));
  }

  /** How many attempts ended like that. */
  public int count(Outcome outcome) {
    int count = 0;
    for (int id = 0; id < size(); id++) {
      if (outcome(id) == outcome) {
        count++;
      }
    }
    return count;
  }

  /**
   * One attempt with its texts, which may have to be read from a file: for the few that are shown.
   *
   * @throws IllegalStateException if the ledger is closed
   */
  public Entry entry(int id) {
    long head = columns.head(id);
    boolean answered = isAnswered(id, head);
    TextLog.Texts text = texts.read(id);
    return new Entry(
        id,
        Head.kind(head),
        text.key(),
        text.value(),
        new Tick(Head.invokedNanos(head)),
        new Tick(answered ? answeredNanos(id, head) : asOfNanos),
        answered ? Head.outcome(head) : Outcome.INDETERMINATE,
        answered ? errors.text(Head.error(head)) : UNANSWERED);
  }

  /** All attempts with their texts; not for large ledgers. */
  public Stream<Entry> entries() {
    return IntStream.range(0, size()).mapToObj(this::entry);
  }

  private boolean isAnswered(int id, long head) {
    return Head.isAnswered(head) && answeredNanos(id, head) <= asOfNanos;
  }

  private long answeredNanos(int id, long head) {
    return Head.invokedNanos(head) + columns.durationNanos(id, head);
  }
}
