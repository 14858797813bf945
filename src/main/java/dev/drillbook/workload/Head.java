package dev.drillbook.workload;

/**
 * What the ledger keeps of an attempt besides its hashes and its duration, in 64 bits: the tick of
 * its invocation (48), the number of its error (11), whether its duration stands elsewhere (1), its
 * outcome (2; zero while there is none) and its kind (2).
 */
@SuppressWarnings("EnumOrdinal") // A head never leaves the JVM that made it.
final class Head {
  private static final int KIND_BITS = 2;
  private static final int OUTCOME_BITS = 2;
  private static final int LONG_SHIFT = KIND_BITS + OUTCOME_BITS;
  private static final int ERROR_SHIFT = LONG_SHIFT + 1;
  private static final int ERROR_BITS = 11;
  private static final int INVOKED_SHIFT = ERROR_SHIFT + ERROR_BITS;
  private static final Operation.Kind[] KINDS = Operation.Kind.values();
  private static final Outcome[] OUTCOMES = Outcome.values();

  private Head() {}

  static long of(Operation.Kind kind, long invokedNanos) {
    return invokedNanos << INVOKED_SHIFT | kind.ordinal();
  }

  static long answered(long head, Outcome outcome, int error, boolean isLong) {
    return head
        | (long) (outcome.ordinal() + 1) << KIND_BITS
        | (isLong ? 1L : 0L) << LONG_SHIFT
        | (long) error << ERROR_SHIFT;
  }

  static boolean isAnswered(long head) {
    return outcomeBits(head) != 0;
  }

  static Operation.Kind kind(long head) {
    return KINDS[(int) head & ((1 << KIND_BITS) - 1)];
  }

  static Outcome outcome(long head) {
    return OUTCOMES[outcomeBits(head) - 1];
  }

  static boolean isLong(long head) {
    return (head >>> LONG_SHIFT & 1) != 0;
  }

  static int error(long head) {
    return (int) (head >>> ERROR_SHIFT) & ((1 << ERROR_BITS) - 1);
  }

  static long invokedNanos(long head) {
    return head >>> INVOKED_SHIFT;
  }

  private static int outcomeBits(long head) {
    return (int) (head >>> KIND_BITS) & ((1 << OUTCOME_BITS) - 1);
  }
}
