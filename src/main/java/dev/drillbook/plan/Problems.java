package dev.drillbook.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file while reading goes on. */
final class Problems {
  private final Path file;
  private final List<Problem> found = new ArrayList<>();

  Problems(Path file) {
    this.file = file;
  }

  void add(int line, String what, String hint) {
    found.add(new Problem(file, line, what, hint));
  }

  /**
   * @throws PlanException if anything was added
   */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new PlanException(
          found.stream().distinct().sorted(Comparator.comparingInt(Problem::line)).toList());
    }
  }
}
