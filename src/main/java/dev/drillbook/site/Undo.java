package dev.drillbook.site;

import java.net.URI;
import java.util.List;

/** What takes a fault away, in a form that another process can carry out. */
public sealed interface Undo {

  /** What it undoes, in a few words, e.g. "the pause of db". */
  String what();

  /**
   * A program.
   *
   * @param command with its arguments; no shell reads it
   */
  record Run(String what, List<String> command) implements Undo {
    public Run {
      command = List.copyOf(command);
    }
  }

  /** A request to a server that may outlive the drill. */
  record Request(String what, String method, URI address) implements Undo {}

  /** Nothing but what ends with its site anyway. */
  record EndWithSite(String what) implements Undo {}
}
