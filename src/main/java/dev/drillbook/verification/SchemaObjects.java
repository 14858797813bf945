package dev.drillbook.verification;

import dev.drillbook.timeline.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Every table, column, constraint, index, view, trigger, sequence, function, type and extension
 * that the backup's snapshot had is there as it was, and no other. Rows can be perfect while the
 * rules that kept them so are gone.
 */
public final class SchemaObjects implements Check {

  /**
   * What the server's own deparser does not keep from one dump to the next: a check such as {@code
   * status in ('a', 'b')} on a varchar comes back with its casts and parentheses in other places.
   */
  private static final Pattern UNSTABLE =
      Pattern.compile(
          "::(character varying|double precision|bit varying|(time|timestamp)( with(out)? time zone)|[\\w.]+|\"[^\"]+\")"
              + "(\\(\\d+(,\\s*\\d+)?\\))?(\\[\\])*|[()\\s]");

  public static Check schemaObjects() {
    return new SchemaObjects();
  }

  @Override
  public String name() {
    return "schema objects";
  }

  @Override
  public Examined examine(Evidence evidence) {
    List<Finding> findings = new ArrayList<>();
    int count = 0;
    for (Evidence.Database database : evidence.databases()) {
      Map<String, String> before = database.checkpointImage().schema().objects();
      Map<String, String> after = database.restoredImage().schema().objects();
      count += before.size();
      report(
          findings,
          "every object of the backup's snapshot is in " + database.spec().name(),
          "missing",
          missing(before, after),
          "does the dump leave it out, or did something after the restore drop it?");
      report(
          findings,
          "every object in " + database.spec().name() + " is as the backup's snapshot had it",
          "different",
          differing(before, after),
          "does the restore create its own schema instead of the backup's?");
      report(
          findings,
          database.spec().name() + " holds no object that the backup's snapshot had not",
          "too many",
          missing(after, before),
          "was the restore's target empty? what else creates objects in it?");
    }
    return new Examined(count + " schema objects against the checkpoint", count, findings);
  }

  /** What {@code before} names and {@code after} does not. */
  static List<String> missing(Map<String, String> before, Map<String, String> after) {
    return before.keySet().stream().filter(object -> !after.containsKey(object)).toList();
  }

  private static List<String> differing(Map<String, String> before, Map<String, String> after) {
    return before.entrySet().stream()
        .filter(
            object ->
                after.containsKey(object.getKey())
                    && !stable(object.getValue()).equals(stable(after.get(object.getKey()))))
        .map(
            object ->
                "%s: was %s, is %s"
                    .formatted(object.getKey(), object.getValue(), after.get(object.getKey())))
        .toList();
  }

  private static String stable(String definition) {
    return UNSTABLE.matcher(definition).replaceAll("");
  }

  private void report(
      List<Finding> findings, String expected, String what, List<String> objects, String hint) {
    if (!objects.isEmpty()) {
      findings.add(
          Finding.fail(name(), expected, objects.size() + " " + what, hint).withExamples(objects));
    }
  }
}
