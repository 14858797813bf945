package dev.drillbook.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a plan's files while reading goes on. */
final class Problems {
  private final Path file;
  private final List<Problem> found;

  Problems(Path file) {
    this(file, new ArrayList<>());
  }

  private Problems(Path file, List<Problem> found) {
    this.file = file;
    this.found = found;
  }

  /** The same, for what is wrong with another file. */
  Problems in(Path other) {
    return new Problems(other, found);
  }

  /** For a message in which another place is reported. */
  String place(int line) {
    return file + ":" + line;
  }

  void add(int line, String what, String hint) {
    found.add(new Problem(file, line, what, hint));
  }

  /**
   * @throws PlanException if anything was added; those of this file come first
   */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new PlanException(
          found.stream()
              .distinct()
              .sorted(
                  Comparator.comparing((Problem problem) -> !problem.file().equals(file))
                      .thenComparing(Problem::file)
                      .thenComparingInt(Problem::line))
              .toList());
    }
  }
}
