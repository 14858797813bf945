package dev.drillbook.workload;

import java.time.Duration;

/**
 * One write of one client, not yet performed.
 *
 * @param key what it writes to, unique within the workload
 * @param value what a reader finds under the key once the write is done, in the same canonical text
 *     that {@link Workload#contents} and {@link Workload#read} give; empty for a delete
 */
public record Operation(Kind kind, String key, String value, Request request) {

  /** What the write does to its key. */
  public enum Kind {
    INSERT,
    UPDATE,
    DELETE
  }

  /** The call that performs a write. */
  @FunctionalInterface
  public interface Request {
    /**
     * Returns once the system has acknowledged the write.
     *
     * @throws RefusedException if the write certainly did not happen
     * @throws Exception anything else: the write may have happened
     */
    void send(Duration timeout) throws Exception;
  }
}
