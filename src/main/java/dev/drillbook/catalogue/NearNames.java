package dev.drillbook.catalogue;

import dev.drillbook.plan.NamePattern;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import java.util.Comparator;
import java.util.List;

/** What to tell somebody whose pattern matches nothing. */
record NearNames(String where, NamePattern pattern) {

  /** That there is no backup, how many files there are, and which look most like one. */
  DrillException none(List<StoredFile> files) {
    if (files.isEmpty()) {
      return new DrillException(
          "there is no backup in " + where + ": it holds no file at all",
          "is this the place that backups go to, and is it mounted?");
    }
    List<String> nearest =
        files.stream()
            .map(StoredFile::name)
            .sorted(Comparator.comparingInt(this::likeness).reversed().thenComparing(name -> name))
            .limit(Finding.MAX_EXAMPLES)
            .toList();
    return new DrillException(
        "there is no backup in %s: none of its %s matches %s"
            .formatted(where, files.size() == 1 ? "one file" : files.size() + " files", pattern),
        "correct 'files' of the restore check, or the place; nearest come "
            + String.join(", ", nearest));
  }

  /** How many letters at both ends are those of the pattern's outermost plain parts. */
  private int likeness(String name) {
    String plain = pattern.toString();
    int same = 0;
    while (same < Math.min(plain.length(), name.length())
        && "*{".indexOf(plain.charAt(same)) < 0
        && plain.charAt(same) == name.charAt(same)) {
      same++;
    }
    int from = plain.length();
    int to = name.length();
    while (from > 0
        && to > same
        && "*}".indexOf(plain.charAt(from - 1)) < 0
        && plain.charAt(from - 1) == name.charAt(to - 1)) {
      from--;
      to--;
    }
    return same + name.length() - to;
  }
}
