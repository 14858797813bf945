package dev.drillbook.verification;

import dev.drillbook.timeline.Finding;
import java.util.List;

/** A read-only look at what came back. */
public interface Check {

  /** A few words, e.g. "row counts". */
  String name();

  /**
   * Looks.
   *
   * @throws Exception if it could not look; the check is UNKNOWN then
   */
  Examined examine(Evidence evidence) throws Exception;

  /**
   * What a check looked at and what it found wrong.
   *
   * @param coverage what it looked at, in words
   * @param items how many things it looked at; a check that looked at nothing is UNKNOWN, however
   *     content it is
   */
  record Examined(String coverage, long items, List<Finding> findings) {}
}
