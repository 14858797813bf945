package dev.drillbook.proxy;

/**
 * What shows that this code is wrong. It ends the connection that it happened to, is told to
 * whoever reads the log, and leaves all others as they were.
 */
final class Defects {
  private static final System.Logger LOGGER = System.getLogger("dev.drillbook.proxy");

  private Defects() {}

  static void note(RuntimeException defect) {
    LOGGER.log(System.Logger.Level.ERROR, "the fault proxy lost a connection by itself", defect);
  }
}
