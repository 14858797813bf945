package dev.drillbook.workload;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the clients of one system do. A drill's author writes one; Drillbook paces it, keeps its
 * ledger and judges the outcome. Keys are unique within a run, the first write to each is its
 * insert, and all writes to one key come one after another.
 */
public interface Workload {

  /** A few words for reports, e.g. "orders". */
  String name();

  /**
   * The next write of a client; called by one thread at a time. {@code sequence} counts from zero.
   */
  Operation next(long sequence);

  /**
   * An insert whose key contains {@code tag}, which is unique within the run. The probe, the nonces
   * and the order after the recovery are such writes; called from any thread.
   */
  Operation insert(String tag);

  /**
   * Tells that {@code operation} was acknowledged, so that later ones can build on it; called from
   * any client's thread.
   */
  default void acknowledged(Operation operation) {}

  /**
   * What a user of the system reads under {@code key}, the way the writes went.
   *
   * @throws Exception if the system did not answer; that is a failed read, not an empty one
   */
  Optional<String> read(String key, Duration timeout) throws Exception;

  /**
   * Every row that the store holds of this workload's keys, read from the store itself and not
   * through the app. A key that stands twice is listed twice.
   */
  List<StoredRow> contents() throws Exception;
}
