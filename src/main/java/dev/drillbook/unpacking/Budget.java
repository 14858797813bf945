package dev.drillbook.unpacking;

import dev.drillbook.plan.DataSize;
import dev.drillbook.plan.RestoreCheck.Limits;
import dev.drillbook.timeline.DrillException;

/** What one backup, all its files together, may still come to. */
final class Budget {

  /** Small files may be compressed to next to nothing without being an attack. */
  private static final long RATIO_FREE_BYTES = 1_000_000;

  /**
   * What is left of a segment of WAL that was closed before it was full is zeros: of the usual size
   * and several times that, a segment is no attack, however small it is stored.
   */
  private static final long SEGMENT_RATIO_FREE_BYTES = 64L << 20;

  private final Limits limits;
  private final long stored;
  private final long ratioFree;
  private int files;
  private long written;

  /** Is told how many bytes have passed a stage. */
  @FunctionalInterface
  interface Watch {
    Watch NONE = bytes -> {};

    void passed(long bytes);
  }

  /**
   * @param stored the bytes of all files as they are stored
   */
  Budget(Limits limits, long stored) {
    this(limits, stored, RATIO_FREE_BYTES);
  }

  private Budget(Limits limits, long stored, long ratioFree) {
    this.limits = limits;
    this.stored = stored;
    this.ratioFree = ratioFree;
  }

  /** The budget of files that are each at most as large as a segment of WAL. */
  static Budget ofSegments(Limits limits, long stored) {
    return new Budget(limits, stored, SEGMENT_RATIO_FREE_BYTES);
  }

  /**
   * Watches what comes out of a layer.
   *
   * @param name the stored file
   * @param read counts what was read of it
   */
  Watch watch(String name, Metered read) {
    return bytes -> {
      mayCome(name, bytes);
      long source = Math.max(stored, read.bytes());
      if (bytes - ratioFree > source * limits.ratio()) {
        throw new DrillException(
            name
                + " grows to more than "
                + limits.ratio()
                + " times the "
                + size(source)
                + " that are stored, so unpacking stopped at "
                + size(bytes),
            "if this is no attack, raise ratio in the check's limits");
      }
    };
  }

  /** Refuses what is known beforehand to be too large, or has become so. */
  void mayCome(String name, long bytes) {
    long most = limits.unpacked().bytes();
    if (bytes > most - written) {
      throw new DrillException(
          name + " would bring the unpacked backup above " + limits.unpacked(),
          "if this is no attack, raise unpacked in the check's limits");
    }
  }

  void wrote(long bytes) {
    written += bytes;
  }

  void oneMore(String name) {
    if (++files > limits.files()) {
      throw new DrillException(
          name + " is one more than the " + limits.files() + " files that a backup may hold",
          "if this is no attack, raise files in the check's limits");
    }
  }

  long written() {
    return written;
  }

  int files() {
    return files;
  }

  private static String size(long bytes) {
    return bytes < 1 ? "0 B" : new DataSize(bytes).toString();
  }
}
