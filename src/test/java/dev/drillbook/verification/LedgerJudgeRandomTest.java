package dev.drillbook.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Tick;
import dev.drillbook.workload.Ledger.Entry;
import dev.drillbook.workload.Operation.Kind;
import dev.drillbook.workload.Outcome;
import dev.drillbook.workload.StoredRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LedgerJudgeRandomTest {
  private static final int HISTORIES = 2_500;

  @Test
  void tinyHistoriesAreJudgedAsTryingEveryFateOfEveryWriteJudgesThem() {
    int clean = 0;
    for (int seed = 0; seed < HISTORIES; seed++) {
      Random random = new Random(seed);
      RandomHistory history = RandomHistory.tiny(random);
      List<StoredRow> rows = history.contents();
      if (random.nextInt(3) > 0) {
        disturb(rows, history, random);
      }
      Optional<RecoveryPoint> point =
          random.nextBoolean() ? Optional.of(history.point()) : Optional.empty();
      Tick restored = random.nextBoolean() ? history.restored() : new Tick(Long.MAX_VALUE);

      boolean fits = SlowReference.fits(history.ledger(), rows, point, restored);
      LedgerJudgement judged = LedgerJudge.judge(history.ledger(), rows, point, restored);

      assertThat(judged.findings().isEmpty())
          .as("seed %d%n%s%n%s%n%s", seed, lines(history, restored), rows, judged.findings())
          .isEqualTo(fits);
      clean += fits ? 1 : 0;
    }
    assertThat(clean).isBetween(HISTORIES / 5, HISTORIES * 4 / 5);
  }

  /** Takes a row away, adds one, or gives one another value that was once attempted. */
  private static void disturb(List<StoredRow> rows, RandomHistory history, Random random) {
    if (!rows.isEmpty() && random.nextBoolean()) {
      rows.remove(random.nextInt(rows.size()));
      return;
    }
    List<Entry> writes = history.ledger().stream().filter(e -> e.kind() != Kind.DELETE).toList();
    if (!writes.isEmpty()) {
      Entry entry = writes.get(random.nextInt(writes.size()));
      rows.removeIf(row -> row.key().equals(entry.key()));
      rows.add(new StoredRow(entry.key(), entry.value()));
    }
  }

  private enum Injected {
    HOLE("holes"),
    OLDER_VERSION("holes"),
    RESURRECTED("resurrected rows"),
    NEVER_ATTEMPTED("phantom rows"),
    REFUSED("phantom rows"),
    BEYOND("phantom rows"),
    DUPLICATE("duplicates"),
    ALTERED("altered rows"),
    LOST_AFTERWARDS("writes lost after the recovery");

    private final String named;

    Injected(String named) {
      this.named = named;
    }
  }

  @Test
  void everyInjectedDamageIsFoundAndNothingElse() {
    Map<Injected, Integer> injected = new EnumMap<>(Injected.class);
    for (int seed = 0; seed < HISTORIES; seed++) {
      Random random = new Random(seed);
      RandomHistory history = RandomHistory.big(random);
      List<StoredRow> rows = history.contents();

      LedgerJudgement clean = judge(history, rows);
      assertThat(clean.findings()).as("seed %d, undamaged", seed).isEmpty();
      assertThat(clean.surviving() + clean.lost()).isEqualTo(clean.acknowledged());
      assertThat(clean.attempted())
          .isEqualTo(clean.acknowledged() + clean.failed() + clean.indeterminate());

      Injected kind = Injected.values()[seed % Injected.values().length];
      if (inject(kind, history, rows, random)) {
        assertThat(judge(history, rows).findings())
            .as("seed %d, %s", seed, kind)
            .extracting(Finding::found)
            .singleElement()
            .asString()
            .endsWith(kind.named);
        injected.merge(kind, 1, Integer::sum);
      }
    }
    assertThat(injected).containsOnlyKeys(Injected.values());
    assertThat(injected.values()).allMatch(count -> count > 100);
  }

  private static LedgerJudgement judge(RandomHistory history, List<StoredRow> rows) {
    return LedgerJudge.judge(
        history.ledger(), rows, Optional.of(history.point()), history.restored());
  }

  private static boolean inject(
      Injected kind, RandomHistory history, List<StoredRow> rows, Random random) {
    Map<String, List<Entry>> keys =
        history.ledger().stream()
            .collect(Collectors.groupingBy(Entry::key, TreeMap::new, Collectors.toList()));
    Map<String, String> stored =
        rows.stream().collect(Collectors.toMap(StoredRow::key, StoredRow::value));
    List<List<StoredRow>> damaged = new ArrayList<>();
    keys.forEach(
        (key, entries) -> {
          Optional<String> now = Optional.ofNullable(stored.get(key));
          harm(kind, history, entries, now)
              .ifPresent(
                  values -> {
                    List<StoredRow> changed = new ArrayList<>(rows);
                    changed.removeIf(row -> row.key().equals(key));
                    values.forEach(value -> changed.add(new StoredRow(key, value)));
                    damaged.add(changed);
                  });
        });
    if (kind == Injected.NEVER_ATTEMPTED) {
      rows.add(new StoredRow("from-nowhere", "1"));
      return true;
    }
    if (damaged.isEmpty()) {
      return false;
    }
    List<StoredRow> chosen = damaged.get(random.nextInt(damaged.size()));
    rows.clear();
    rows.addAll(chosen);
    Collections.shuffle(rows, random);
    return true;
  }

  /** What a key's rows are once it is harmed; empty where it cannot be harmed in this way. */
  private static Optional<List<String>> harm(
      Injected kind, RandomHistory history, List<Entry> entries, Optional<String> now) {
    Tick point = history.point().notBefore();
    Entry first = entries.get(0);
    Entry last = entries.get(entries.size() - 1);
    Entry lastButOne = entries.get(Math.max(0, entries.size() - 2));
    boolean acknowledged = entries.stream().allMatch(e -> e.outcome() == Outcome.ACKNOWLEDGED);
    boolean inThePoint = acknowledged && last.answered().isBefore(point);
    return switch (kind) {
      case HOLE -> inThePoint && now.isPresent() ? Optional.of(List.of()) : Optional.empty();
      case OLDER_VERSION ->
          inThePoint && last.kind() == Kind.UPDATE && !lastButOne.value().equals(last.value())
              ? Optional.of(List.of(lastButOne.value()))
              : Optional.empty();
      case RESURRECTED ->
          inThePoint && last.kind() == Kind.DELETE
              ? Optional.of(List.of(lastButOne.value()))
              : Optional.empty();
      case REFUSED ->
          entries.size() == 1 && first.outcome() == Outcome.FAILED
              ? Optional.of(List.of(first.value()))
              : Optional.empty();
      case BEYOND ->
          acknowledged
                  && first.invoked().isAfter(history.point().notAfter())
                  && last.answered().isBefore(history.restored())
              ? Optional.of(List.of(first.value()))
              : Optional.empty();
      case DUPLICATE -> now.map(value -> List.of(value, value));
      case ALTERED -> now.map(value -> List.of("garbage"));
      case LOST_AFTERWARDS ->
          now.isPresent()
                  && entries.size() == 1
                  && acknowledged
                  && !first.invoked().isBefore(history.restored())
              ? Optional.of(List.of())
              : Optional.empty();
      case NEVER_ATTEMPTED -> Optional.empty();
    };
  }

  private static String lines(RandomHistory history, Tick restored) {
    return history.ledger().stream().map(Entry::toString).collect(Collectors.joining("\n"))
        + "\n"
        + history.point()
        + " restored at "
        + restored;
  }
}
