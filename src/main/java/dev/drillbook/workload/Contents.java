package dev.drillbook.workload;

/** Takes what a store holds, row by row and in any order, so that nobody has to hold it all. */
@FunctionalInterface
public interface Contents {

  /**
   * Takes one row.
   *
   * @param value in the canonical text of {@link Operation#value()}
   */
  void row(String key, String value);
}
