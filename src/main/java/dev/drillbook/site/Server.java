package dev.drillbook.site;

import java.util.List;

/** A component with processes of its own, which clients reach over a network. */
public interface Server extends Startable, Killable, Pausable, Starvable, Skewable, Networked {

  /** The last lines that it has logged since its latest start, with every secret blanked out. */
  List<String> logTail(int lines);
}
