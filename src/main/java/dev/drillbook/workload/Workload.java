package dev.drillbook.workload;

import java.time.Duration;
import java.util.Optional;

/**
 * What the clients of one system do. A drill's author writes one; Drillbook paces it, keeps its
 * ledger and judges the outcome. Keys are unique within a run, the first write to each is its
 * insert. Clients may write to one key at the same time: whichever write takes effect last, then,
 * is what must be found. An update of a row that is not there must be refused.
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
   * Gives {@code sink} every row that the store holds of this workload's keys, read from the store
   * itself and not through the app. A key that stands twice is given twice. Rows are passed on as
   * they are read: they can be more than fit into memory. May be called more than once.
   */
  void contents(Contents sink) throws Exception;
}
