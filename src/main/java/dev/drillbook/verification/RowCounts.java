package dev.drillbook.verification;

import dev.drillbook.plan.ComponentSpec.TableSpec;
import dev.drillbook.snapshot.TableImage;
import dev.drillbook.timeline.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Every table of the plan is there, with at least its minimum of rows. An empty table is a failure
 * where the plan wants rows, and proves nothing where the plan does not say that it may be empty.
 * Collections, buckets and Redis's databases are judged likewise; of those that the plan says no
 * more than the name of, none that held something when the backup was taken may be empty.
 */
public final class RowCounts implements Check {

  public static Check rowCounts() {
    return new RowCounts();
  }

  @Override
  public String name() {
    return "row counts";
  }

  @Override
  public Examined examine(Evidence evidence) {
    List<Finding> findings = new ArrayList<>();
    long rows = 0;
    int tables = 0;
    for (Evidence.Database database : evidence.databases()) {
      Map<String, TableImage> restored = database.latestImage().tables();
      for (Map.Entry<String, TableSpec> planned : database.spec().tables().entrySet()) {
        tables++;
        TableImage image = restored.get(planned.getKey());
        rows += image == null ? 0 : image.rows();
        String table = database.spec().name() + "." + planned.getKey();
        if (database.latestImage().replaced().contains(planned.getKey())) {
          findings.add(replaced(table));
        } else {
          judge(table, planned.getValue(), image, findings);
        }
      }
      for (String table : restored.keySet()) {
        if (!database.spec().tables().containsKey(table)) {
          findings.add(
              Finding.unknown(
                  name(),
                  "every table of the database is in the plan",
                  "table " + table + " is not",
                  "list it under the component's tables, with its minimum of rows"));
        }
      }
    }
    long groups = 0;
    for (Evidence.Stored store : evidence.stores()) {
      groups += new StoreCounts(name(), store, findings).judge();
    }
    return new Examined(
        tables + " tables, " + rows + " rows" + StoreCounts.coverage(evidence.stores()),
        tables + groups,
        findings);
  }

  private Finding replaced(String table) {
    return Finding.unknown(
        name(),
        "the rows that the restore left in " + table + " can be counted",
        "it was truncated or rewritten since, which takes them from the snapshot too",
        "TRUNCATE or ALTER TABLE in a step after the restore?");
  }

  private void judge(String table, TableSpec planned, TableImage image, List<Finding> findings) {
    if (image == null) {
      findings.add(
          Finding.fail(
              name(),
              "table " + table + " exists",
              "there is no such table",
              "the restore did not bring it back: read the restore step's transcript"));
    } else if (image.rows() < planned.minimumRows()) {
      findings.add(
          Finding.fail(
              name(),
              table + " holds at least " + planned.minimumRows() + " rows",
              image.rows() + " rows",
              "is the backup complete, and is it the right one?"));
    } else if (image.rows() == 0 && !planned.mayBeEmpty()) {
      findings.add(
          Finding.unknown(
              name(),
              table + " holds rows",
              "it is empty, and the plan does not say that it may be",
              "set mayBeEmpty for this table if that is right, or minimumRows if it is not"));
    }
  }
}
