package dev.drillbook.verification;

import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.GroupChanges;
import dev.drillbook.snapshot.GroupImage;
import dev.drillbook.snapshot.KeptRows;
import dev.drillbook.snapshot.RowDifference;
import dev.drillbook.snapshot.RowDifference.Kind;
import dev.drillbook.snapshot.StoreImage;
import dev.drillbook.snapshot.TableImage;
import dev.drillbook.timeline.Finding;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every row, document, key or object that the backup held is there as it was, beside whatever came
 * since: for recoveries that keep newer writes, where {@link Fingerprints} fit only what clients
 * leave alone.
 *
 * <p>Those of clients' own keys are left to the ledger. A row of PostgreSQL is one of them if any
 * of its values is such a key; in tables too large for their rows to be kept, as many rows may
 * differ as clients changed. Elsewhere an entry's own key decides.
 */
public final class BackedUpRows implements Check {
  private static final String NAME = "backed-up rows";
  private static final String HINT =
      "was the right backup restored, and did a step that merged newer rows touch older ones?";

  private final List<String> wanted;

  private BackedUpRows(List<String> wanted) {
    this.wanted = wanted;
  }

  public static Check backedUpRows() {
    return new BackedUpRows(List.of());
  }

  /**
   * The check, of nothing but these, named as in {@link Fingerprints#fingerprints(String,
   * String...)}.
   */
  public static Check backedUpRows(String first, String... more) {
    List<String> wanted = new ArrayList<>(List.of(more));
    wanted.add(first);
    return new BackedUpRows(wanted);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Examined examine(Evidence evidence) throws SQLException {
    Only only = new Only(wanted);
    Look look = new Look(ClientKeys.of(evidence.clients().ledger().view()));
    for (Evidence.Database database : evidence.databases()) {
      if (only.concerns(database)) {
        look.at(database, only);
      }
    }
    for (Evidence.Stored store : evidence.stores()) {
      if (only.concerns(store)) {
        look.at(store, only);
      }
    }
    only.unmet().forEach(unmet -> look.findings.add(only.notInTheCheckpoint(NAME, unmet)));
    return new Examined(
        look.rows + " rows and entries of the checkpoint" + look.notes, look.rows, look.findings);
  }

  /** One examination. */
  private static final class Look {
    private final ClientKeys clients;
    private final List<Finding> findings = new ArrayList<>();
    private final StringBuilder notes = new StringBuilder();
    private long rows;

    Look(ClientKeys clients) {
      this.clients = clients;
    }

    void at(Evidence.Database database, Only only) throws SQLException {
      DatabaseImage restored = database.restoredImage();
      for (TableImage before : database.checkpointImage().tables().values()) {
        if (!only.names(database.spec().name(), before.table())) {
          continue;
        }
        rows += before.rows();
        String table = database.spec().name() + "." + before.table();
        TableImage after = restored.tables().get(before.table());
        if (database.checkpointImage().replaced().contains(before.table())
            || restored.replaced().contains(before.table())) {
          cannotTell(
              table, before.rows(), "the table was truncated or rewritten while it was read");
        } else if (after == null) {
          bad(table, before.rows(), "there is no such table", List.of());
        } else if (!before.fingerprint().equals(after.fingerprint())) {
          compare(database, table, before, after);
        }
      }
    }

    private void compare(
        Evidence.Database database, String table, TableImage before, TableImage after)
        throws SQLException {
      Optional<KeptRows> was = before.kept();
      Optional<KeptRows> is = after.kept();
      if (was.isPresent() && is.isPresent()) {
        if (!was.get().isComparableTo(is.get())) {
          bad(table, before.rows(), "none of its columns is there any more", List.of());
          return;
        }
        KeptRows shared = was.get().without(clients::wroteAny).sharedWith(is.get());
        judge(table, before.rows(), lost(KeptRows.differences(shared, shared.likewise(is.get()))));
        return;
      }
      long newer = Math.max(0, after.rows() - before.rows());
      long limit = newer + clients.changes() + Finding.MAX_EXAMPLES;
      List<RowDifference> differences =
          lost(
              database.rows().differences(before, after, (int) Math.min(Integer.MAX_VALUE, limit)));
      boolean told =
          differences.stream().noneMatch(difference -> difference.kind() == Kind.SEVERAL);
      if (!told || (differences.isEmpty() && after.rows() <= before.rows())) {
        cannotTell(table, before.rows(), after.rows() + " rows, too many to tell which differ");
      } else if (differences.size() > clients.changes()) {
        judge(table, before.rows(), differences);
      } else if (!differences.isEmpty()) {
        notes.append(
            "; of %s %d differ, of which clients can have changed all"
                .formatted(table, differences.size()));
      }
    }

    /** New rows are none of those that the backup held. */
    private static List<RowDifference> lost(List<RowDifference> differences) {
      return differences.stream().filter(difference -> difference.kind() != Kind.EXTRA).toList();
    }

    private void judge(String table, long held, List<RowDifference> lost) {
      if (!lost.isEmpty()) {
        long missing = lost.stream().filter(row -> row.kind() == Kind.MISSING).count();
        bad(
            table,
            held,
            "%d are missing, %d differ".formatted(missing, lost.size() - missing),
            lost.stream().map(RowDifference::toString).toList());
      }
    }

    void at(Evidence.Stored store, Only only) {
      StoreImage before = store.checkpointImage();
      StoreImage after = store.restoredImage();
      for (GroupImage group : before.groups().values()) {
        if (only.names(store.name(), group.name())) {
          rows += group.count();
          compare(
              before.kind(),
              store.name() + "." + group.name(),
              group,
              Optional.ofNullable(after.groups().get(group.name())));
        }
      }
    }

    private void compare(
        StoreImage.Kind kind, String name, GroupImage before, Optional<GroupImage> after) {
      if (after.isEmpty()) {
        if (before.count() > 0) {
          bad(name, before.count(), "there is no such " + kind.group(), List.of());
        }
        return;
      }
      GroupChanges changes = GroupChanges.lost(kind, before, after.get(), clients::wrote);
      if (!changes.told() && !changes.same()) {
        cannotTell(
            name,
            before.count(),
            after.get().count() + " " + kind.entry() + "s, too many to tell which differ");
      } else if (changes.missing() + changes.changed() > 0) {
        bad(
            name,
            before.count(),
            "%d are missing, %d differ".formatted(changes.missing(), changes.changed()),
            changes.examples());
      }
    }

    private void bad(String what, long held, String found, List<String> examples) {
      findings.add(Finding.fail(NAME, expected(what, held), found, HINT).withExamples(examples));
    }

    private void cannotTell(String what, long held, String why) {
      findings.add(
          Finding.unknown(NAME, expected(what, held), why, "drill with less data (drill.scale)"));
    }

    private static String expected(String what, long held) {
      return "the %d that the backup held of %s are as they were, but for clients' own"
          .formatted(held, what);
    }
  }
}
