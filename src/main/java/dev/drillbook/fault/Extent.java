package dev.drillbook.fault;

/** How many of what is there a fault hits. */
public sealed interface Extent {

  /**
   * How many that is.
   *
   * @param present how many there are
   */
  long of(long present);

  /** In words, e.g. "10 %". */
  String text();

  record Count(long count) implements Extent {
    @Override
    public long of(long present) {
      return Math.min(count, present);
    }

    @Override
    public String text() {
      return String.valueOf(count);
    }
  }

  record Percent(double percent) implements Extent {
    @Override
    public long of(long present) {
      return (long) Math.ceil(present * percent / 100);
    }

    @Override
    public String text() {
      return (percent == Math.rint(percent) ? String.valueOf((long) percent) : percent) + " %";
    }
  }

  /** So many, or all where there are fewer. */
  static Extent count(long count) {
    if (count < 1) {
      throw new IllegalArgumentException("a fault that hits " + count + " is none");
    }
    return new Count(count);
  }

  /** So many of a hundred, rounded up. */
  static Extent percent(double percent) {
    if (!(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException(percent + " is no percentage from above 0 to 100");
    }
    return new Percent(percent);
  }
}
