package dev.drillbook.restorecheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.drillbook.run.Machine;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastChecksTest {
  private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");

  @TempDir Path folder;

  private static RestoreCheckRecord record(String policy, Instant at, Verdict verdict) {
    return new RestoreCheckRecord(
        "id",
        "shop",
        policy,
        "backup",
        Optional.of(at),
        Optional.of(at.minus(Duration.ofDays(9))),
        10,
        at,
        Duration.ofSeconds(3),
        verdict,
        "embedded",
        List.of("db: PostgreSQL 15"),
        new Machine("os", "x", 2, 1, "17"),
        Optional.of(20L),
        5,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        "");
  }

  private static LastChecks last(RestoreCheckRecord... records) {
    return LastChecks.of("shop", "nightly", List.of(records).stream().map(CheckLine::of).toList());
  }

  private static List<Finding> overdue(LastChecks last, String allowed) {
    return last.overdue(Checks.lasting(Duration.parse(allowed), Duration.parse("P3D")), NOW);
  }

  @Test
  void aCheckThatNeverRanIsOverdueTwice() {
    assertThat(overdue(last(), "PT30H"))
        .extracting(Finding::subject, Finding::found)
        .containsExactly(
            tuple("last run of nightly", "never"), tuple("last success of nightly", "never"));
  }

  @Test
  void aCheckThatFailsEveryNightRunsPunctually() {
    LastChecks last =
        last(
            record("nightly", NOW.minus(Duration.ofDays(4)), Verdict.PASS),
            record("nightly", NOW.minus(Duration.ofHours(2)), Verdict.FAIL),
            record("nightly", NOW.minus(Duration.ofHours(9)), Verdict.UNKNOWN));
    assertThat(last.run()).hasValue(NOW.minus(Duration.ofHours(2)));
    assertThat(overdue(last, "PT30H"))
        .extracting(Finding::subject)
        .containsExactly("last success of nightly");
  }

  @Test
  void aCheckThatNobodyStartsIsOverdueAlthoughItPassed() {
    LastChecks last = last(record("nightly", NOW.minus(Duration.ofHours(31)), Verdict.PASS));
    assertThat(overdue(last, "PT30H"))
        .extracting(Finding::subject)
        .containsExactly("last run of nightly");
    assertThat(overdue(last, "PT31H")).isEmpty();
  }

  @Test
  void otherPoliciesAndSystemsCountForNothing() {
    assertThat(last(record("weekly", NOW, Verdict.PASS)).run()).isEmpty();
    CheckLine line = CheckLine.of(record("nightly", NOW, Verdict.PASS));
    assertThat(LastChecks.of("other", "nightly", List.of(line)).run()).isEmpty();
  }

  @Test
  void linesAreReadAsTheyWereWrittenAndOthersPassedOver() throws IOException {
    CheckHistory history = new CheckHistory(folder.resolve("a/checks.jsonl"));
    history.requireWritable();
    history.append(record("nightly", NOW, Verdict.PASS));
    Files.writeString(history.file(), "{\"schema\":1,\"half", StandardOpenOption.APPEND);
    history.append(record("nightly", NOW.plusSeconds(1), Verdict.FAIL));
    Files.writeString(
        history.file(), "{\"schema\":1,\"id\":\"a drill's\"}\n", StandardOpenOption.APPEND);
    List<CheckLine> lines = history.read();
    assertThat(lines)
        .containsExactly(
            CheckLine.of(record("nightly", NOW, Verdict.PASS)),
            CheckLine.of(record("nightly", NOW.plusSeconds(1), Verdict.FAIL)));
    assertThat(LastChecks.oldestSeen("shop", "nightly", lines))
        .hasValue(NOW.minus(Duration.ofDays(9)));
  }
}
