package dev.drillbook.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillbook.timeline.DrillException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PickTest {
  private static final Instant NEWEST = Instant.parse("2026-11-30T02:00:00Z");
  private static final List<StoredBackup> MONTH = month();

  private static List<StoredBackup> month() {
    List<StoredBackup> month = new ArrayList<>();
    for (int day = 0; day < 30; day++) {
      month.add(Checks.backup(NEWEST.minus(Duration.ofDays(day)), 1));
    }
    return month;
  }

  private static List<StoredBackup> pick(String text, long seed) {
    return Pick.parse(text).from(MONTH, seed);
  }

  @Test
  void aWordOrAnIdPicks() {
    assertThat(pick("newest", 0)).containsExactly(MONTH.get(0));
    assertThat(pick(" oldest ", 0)).containsExactly(MONTH.get(29));
    assertThat(pick("all", 0)).isEqualTo(MONTH);
    assertThat(pick("2026-11-05T02:00:00Z", 0)).containsExactly(MONTH.get(25));
  }

  @Test
  void chanceIsReplayedByItsSeedThoughOthersHaveGone() {
    Set<String> seen = new HashSet<>();
    for (long seed = 0; seed < 300; seed++) {
      StoredBackup picked = pick("random", seed).get(0);
      seen.add(picked.id());
      List<StoredBackup> purged =
          MONTH.stream().filter(b -> b.equals(picked) || b.hashCode() % 3 == 0).toList();
      assertThat(Pick.parse("random").from(purged, seed)).containsExactly(picked);
    }
    assertThat(seen).hasSizeGreaterThan(25);
  }

  @Test
  void anIdThatIsNoneIsToldWithTheNearest() {
    assertThatThrownBy(() -> pick("2026-11-05T02:00:0Z", 0))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("no backup '2026-11-05T02:00:0Z' among the 30")
        .hasMessageContaining("did you mean '2026-11-05T02:00:00Z'?")
        .message()
        .endsWith("2026-11-27T02:00:00Z, 2026-11-26T02:00:00Z");
  }
}
