package dev.drillbook.verification;

import dev.drillbook.workload.Contents;

/** A store whose rows can be read, as often as they are needed. */
@FunctionalInterface
public interface Store {

  /** Passes on every row. */
  void contents(Contents sink) throws Exception;
}
