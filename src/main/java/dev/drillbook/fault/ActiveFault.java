package dev.drillbook.fault;

/** A fault that is in force. */
public interface ActiveFault extends AutoCloseable {

  /**
   * Takes the fault away; a second call does nothing. What a fault destroyed does not come back:
   * that is the recovery's work.
   */
  @Override
  void close();

  /** What a fault leaves that leaves nothing in force: a kill is over as soon as it is done. */
  ActiveFault NOTHING = () -> {};

  /** For a fault that leaves nothing in force behind. */
  static ActiveFault nothingToHeal() {
    return NOTHING;
  }
}
