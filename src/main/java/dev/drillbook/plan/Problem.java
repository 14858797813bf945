package dev.drillbook.plan;

import java.nio.file.Path;

/**
 * One thing that is wrong with a plan.
 *
 * @param line where it stands, counted from 1; 1 where the file as a whole is meant
 * @param hint what to do about it
 */
public record Problem(Path file, int line, String found, String hint) {

  /** The form that editors and terminals turn into a link, with the hint on a line of its own. */
  @Override
  public String toString() {
    return file + ":" + line + ": " + found + System.lineSeparator() + "    hint: " + hint;
  }
}
