package dev.drillbook.verification;

import dev.drillbook.timeline.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Every schema, table, column, constraint, index, view, rule, trigger, policy, sequence, function,
 * procedure, aggregate, type, domain, object of extended statistics, and extension that the
 * backup's snapshot had is there as it was, and no other. Rows can be perfect while the rules that
 * kept them so are gone. Of other stores, collections with their options, indexes, and whether a
 * bucket keeps versions.
 *
 * <p>Not looked at, since a dump without owners does not hold it or it is the server's and not the
 * database's: owners, privileges, roles, tablespaces, settings. Nor are comments, security labels,
 * base types, casts, operators and their classes, collations, conversions, text search,
 * publications, subscriptions, event triggers, foreign servers, languages, large objects,
 * statistics targets and storage of columns.
 */
public final class SchemaObjects implements Check {

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
      judge(
          database.spec().name(),
          before,
          after,
          differing(before, after, Definition::areSame),
          findings);
    }
    for (Evidence.Stored store : evidence.stores()) {
      Map<String, String> before = store.checkpointImage().definitions();
      Map<String, String> after = store.restoredImage().definitions();
      count += before.size();
      judge(store.name(), before, after, differing(before, after, String::equals), findings);
    }
    return new Examined(count + " schema objects against the checkpoint", count, findings);
  }

  private void judge(
      String component,
      Map<String, String> before,
      Map<String, String> after,
      List<String> differing,
      List<Finding> findings) {
    report(
        findings,
        "every object of the backup's snapshot is in " + component,
        "missing",
        missing(before, after),
        "does the dump leave it out, or did something after the restore drop it?");
    report(
        findings,
        "every object in " + component + " is as the backup's snapshot had it",
        "different",
        differing,
        "does the restore create its own schema instead of the backup's?");
    report(
        findings,
        component + " holds no object that the backup's snapshot had not",
        "too many",
        missing(after, before),
        "was the restore's target empty? what else creates objects in it?");
  }

  /** What {@code before} names and {@code after} does not. */
  static List<String> missing(Map<String, String> before, Map<String, String> after) {
    return before.keySet().stream().filter(object -> !after.containsKey(object)).toList();
  }

  private static List<String> differing(
      Map<String, String> before, Map<String, String> after, BiPredicate<String, String> same) {
    return before.entrySet().stream()
        .filter(
            object ->
                after.containsKey(object.getKey())
                    && !same.test(object.getValue(), after.get(object.getKey())))
        .map(
            object ->
                "%s: was %s, is %s"
                    .formatted(object.getKey(), object.getValue(), after.get(object.getKey())))
        .toList();
  }

  private void report(
      List<Finding> findings, String expected, String what, List<String> objects, String hint) {
    if (!objects.isEmpty()) {
      findings.add(
          Finding.fail(name(), expected, objects.size() + " " + what, hint).withExamples(objects));
    }
  }
}
