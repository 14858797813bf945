package dev.drillbook.unpacking;

import dev.drillbook.timeline.Finding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects what a script holds that it must not, without keeping more than is shown. */
final class SqlFindings {
  private final String name;
  private final Map<Kind, List<String>> examples = new EnumMap<>(Kind.class);
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

  /** Ways to reach beyond the database. */
  enum Kind {
    COMMAND("no command for psql but those of pg_dump", "commands that psql would run"),
    FILE("no COPY but from stdin", "COPY from or to a program or a file of the server"),
    FUNCTION("no function that reads or writes files", "functions for the server's files"),
    LANGUAGE("no function that can do what the server can", "code in C or an untrusted language"),
    READING("text that everybody reads alike", "text that psql may read otherwise");

    private final String expected;
    private final String found;

    Kind(String expected, String found) {
      this.expected = expected;
      this.found = found;
    }
  }

  SqlFindings(String name) {
    this.name = name;
  }

  void add(Kind kind, long line, String what) {
    counts.merge(kind, 1L, Long::sum);
    List<String> shown = examples.computeIfAbsent(kind, none -> new ArrayList<>());
    if (shown.size() < Finding.MAX_EXAMPLES) {
      shown.add("line " + line + ": " + TargetFolder.shown(what));
    }
  }

  List<Finding> all() {
    return examples.entrySet().stream().map(entry -> finding(entry.getKey())).toList();
  }

  private Finding finding(Kind kind) {
    return Finding.fail(
            name,
            kind.expected,
            counts.get(kind) + " times " + kind.found,
            "do not feed it to psql; see who can write to the backups")
        .withExamples(examples.get(kind));
  }
}
