package dev.drillbook.site;

/** A component that stores what others would miss. */
public interface Store extends Server, DataHolder {

  /**
   * Makes a new, empty store in place of whatever was there and starts it. It is what a platform
   * gives to somebody who asks for one, and where a restore begins.
   */
  void provision();

  /**
   * A script from the plan's {@code scripts} folder, run against this store: it finds the store's
   * address and credentials in its environment, the folder of every backup policy as
   * BACKUP_DIR_POLICY, and that of the first one about this store, or else about another of its
   * kind, as BACKUP_DIR.
   *
   * @throws dev.drillbook.timeline.DrillException if there is no such script, or it may not be
   *     executed
   */
  Command script(String file, String... arguments);

  /**
   * A program for this kind of store, such as pg_restore or mongorestore, run against it with the
   * environment that a script finds; of PostgreSQL, the one that comes with the server.
   */
  Command tool(String program, String... arguments);

  /** Its files; whoever writes to them while it runs has to know what it does. */
  DataFiles files();

  /** The disk that these files are on. */
  Disk disk();
}
