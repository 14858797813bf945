package dev.drillbook.run;

import dev.drillbook.site.Postgres;

/**
 * The moment that a point-in-time recovery has to reach. It is marked while the drill runs; until
 * then nobody knows it.
 */
public final class RecoveryTarget {
  private final Postgres database;
  private volatile Mark mark;

  /**
   * How PostgreSQL calls it.
   *
   * @param time for {@code recovery_target_time}: what was committed by then is in it
   * @param name for {@code recovery_target_name}
   * @param lsn for {@code recovery_target_lsn}
   */
  record Mark(String time, String name, String lsn) {}

  RecoveryTarget(Postgres database) {
    this.database = database;
  }

  Postgres database() {
    return database;
  }

  void mark(Mark marked) {
    mark = marked;
  }

  /** For {@code recovery_target_time}, with its offset from UTC. */
  public String time() {
    return marked().time();
  }

  /** For {@code recovery_target_name}. */
  public String name() {
    return marked().name();
  }

  /** For {@code recovery_target_lsn}. */
  public String lsn() {
    return marked().lsn();
  }

  private Mark marked() {
    if (mark == null) {
      throw new IllegalStateException("the recovery point was not marked yet");
    }
    return mark;
  }
}
