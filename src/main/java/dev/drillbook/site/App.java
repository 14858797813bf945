package dev.drillbook.site;

import java.net.URI;
import java.nio.file.Path;

/** An application process that serves HTTP. */
public interface App extends Server {

  /** Where its clients reach it, without a trailing slash. */
  URI address();

  /** Where it tells how it is. */
  URI health();

  /**
   * A folder of its own, as the disk of the machine that it runs on: for what is deployed with it
   * and for its configuration; {@code {folder}} in its command. It is made where it is missing; the
   * app finds it as APP_FOLDER.
   */
  Path folder();

  /**
   * A script from the plan's {@code scripts} folder; the address of the app is in NAME_URL, with
   * its name in upper case, and its folder in APP_FOLDER.
   *
   * @throws dev.drillbook.timeline.DrillException if there is no such script, or it may not be
   *     executed
   */
  Command script(String file, String... arguments);
}
