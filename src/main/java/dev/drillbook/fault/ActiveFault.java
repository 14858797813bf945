package dev.drillbook.fault;

import java.util.List;
import java.util.function.Supplier;

/** A fault that was injected. */
public interface ActiveFault extends AutoCloseable {

  /**
   * What exactly was hit, a line each: rows by their keys, files by their names and offsets. Empty
   * where the fault's name says it all.
   */
  List<String> hit();

  /** Looks whether it is in effect now. */
  Bite bite();

  /** Whether there is anything left to heal. A kill is over as soon as it is done. */
  boolean isInForce();

  /**
   * Takes the fault away; does nothing where that was done. What a fault destroyed does not come
   * back: that is the recovery's work. Where its target is down and would have to run, it stays in
   * force, and another call tries again.
   */
  @Override
  void close();

  /** A fault that is over as soon as it is done. */
  static ActiveFault over(List<String> hit, Supplier<Bite> bite) {
    return new Over(List.copyOf(hit), bite);
  }
}
