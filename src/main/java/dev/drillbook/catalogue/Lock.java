package dev.drillbook.catalogue;

import java.time.Instant;

/** Whether a store keeps a file from being deleted. */
public sealed interface Lock {

  /**
   * It does.
   *
   * @param until when that ends; {@link Instant#MAX} where nothing but somebody's decision ends it
   * @param liftable whether somebody with a particular permission can end it earlier: S3's
   *     governance mode and its legal hold
   */
  record Until(Instant until, boolean liftable) implements Lock {}

  /** It does not: whoever may delete files there may delete this one. */
  record None() implements Lock {}

  /**
   * It does not tell.
   *
   * @param why what it answered, or that it has no such thing
   */
  record Untold(String why) implements Lock {}
}
