package dev.drillbook.site;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The data directory of a PostgreSQL server, for whoever puts a copy of another server's there. */
public interface DataDirectory {

  /** Where it is. */
  Path path();

  /**
   * Kills the server if it runs, and empties the directory.
   *
   * @throws dev.drillbook.timeline.DrillException if it cannot be emptied
   */
  void empty();

  /**
   * Moves a folder into the place of the directory, which {@link #empty} has emptied. Links in it
   * are not followed.
   *
   * @param copy on the same file system; gone afterwards
   * @throws dev.drillbook.timeline.DrillException if it cannot be moved
   */
  void fill(Path copy);

  /** Gives a folder outside of it, and what is in that, to whom the server runs as. */
  void share(Path folder);

  /**
   * A program that comes with the server or is on the PATH, run as whom the server runs as, with
   * messages in English.
   */
  Command program(String name, String... arguments);

  /**
   * Starts the server on what is in the directory, lets it recover from an archive of WAL until it
   * is promoted, and starts it anew for clients.
   *
   * <p>Of the copy's own settings none holds, nor its rules of who may log in; nobody is let in
   * before it has recovered, and it connects to nobody: subscriptions stand still. Roles and data
   * stay as they are, but that this store's own logins work: its administrator's, who is a new
   * role, and the password of the application's role, if there is one of that name. What loads
   * libraries into sessions is taken from the settings of databases and roles, and event triggers
   * do not fire where the server can do without them (since version 17).
   *
   * @param settings by name, added to the store's own; the values unquoted
   * @param limit how long recovery may take
   * @return what the server logged while it recovered
   * @throws dev.drillbook.timeline.DrillException if it does not come up, with the end of its log
   */
  List<String> recover(Map<String, String> settings, Duration limit);
}
