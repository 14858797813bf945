package dev.drillbook.site;

/**
 * A streaming standby of a PostgreSQL server, which becomes a server of its own when it is
 * promoted. Newly provisioned, it is a copy of the server that it follows, and follows it.
 */
public interface PostgresStandby extends Postgres {

  /**
   * Makes it a primary; returns once it takes writes.
   *
   * @throws dev.drillbook.timeline.DrillException if it does not run, or is a primary already
   */
  void promote();

  /** Whether it still follows. */
  boolean follows();

  /**
   * How many bytes of WAL it has received and not yet replayed, and what the other has written and
   * it has not received is not in it.
   */
  long replayLagBytes();
}
