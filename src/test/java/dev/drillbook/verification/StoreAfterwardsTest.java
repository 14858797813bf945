package dev.drillbook.verification;

import static dev.drillbook.snapshot.HandMade.group;
import static dev.drillbook.snapshot.HandMade.image;
import static dev.drillbook.snapshot.HandMade.large;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.snapshot.HandMade;
import dev.drillbook.snapshot.StoreImage;
import dev.drillbook.snapshot.StoreImage.Kind;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoreAfterwardsTest {
  private static final Map<String, String> THREE = Map.of("a", "1", "b", "2", "c", "3");
  private static final StoreImage RESTORED = orders(group("orders").with(THREE));

  private static StoreImage orders(HandMade group) {
    return image(Kind.MONGO, group.defined("index orders.ref", "unique"));
  }

  @Test
  void newEntriesAreNoDamage() {
    CheckResult result = judge(orders(group("orders").with(THREE).with(Map.of("d", "4"))), 0);
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.coverage())
        .isEqualTo("docs: 1 collections, 3 documents, of which clients may have changed 0");
  }

  @Test
  void whatIsGoneOrDifferentBeyondWhatClientsChangedIsNamed() {
    StoreImage live = orders(group("orders").with(Map.of("a", "1", "b", "x")));
    Finding finding = only(judge(live, 1));
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.found()).isEqualTo("1 are missing and 1 differ, of which clients explain 1");
    assertThat(finding.examples()).containsExactly("document c is missing", "document b differs");
    assertThat(judge(live, 2).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aGroupOrADefinitionThatIsGoneFails() {
    assertThat(judge(image(Kind.MONGO), 9).findings())
        .extracting(Finding::found)
        .containsExactly("there is no such collection any more", "1 are gone");
    assertThat(only(judge(image(Kind.MONGO, group("orders").with(THREE)), 0)).examples())
        .containsExactly("index orders.ref");
  }

  @Test
  void whatHasExpiredIsNotMissed() {
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    StoreImage restored = image(Kind.REDIS, group("db0").expiring("s", "1", noon));
    StoreImage live = image(Kind.REDIS, group("db0").readAt(noon));
    CheckResult result =
        StoreAfterwards.judge("cache", Optional.of(restored), Optional.of(live), 0);
    assertThat(result.verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.coverage()).endsWith("and 1 have expired");
  }

  @Test
  void groupsTooLargeToKeepTheirKeysAreUnknownWhereTheyDiffer() {
    StoreImage before = orders(large("orders").with(THREE));
    StoreImage fewer = orders(large("orders").with(Map.of("a", "1")));
    StoreImage other = orders(large("orders").with(Map.of("a", "x", "b", "y", "c", "z")));
    assertThat(judge(before, before, 0).verdict()).isEqualTo(Verdict.PASS);
    assertThat(judge(before, fewer, 1).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(judge(before, fewer, 2).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(judge(before, other, 0).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void whatCouldNotBeReadIsUnknown() {
    assertThat(
            only(StoreAfterwards.judge("docs", Optional.empty(), Optional.of(RESTORED), 0)).found())
        .isEqualTo("what it left could not be read");
    assertThat(
            only(StoreAfterwards.judge("docs", Optional.of(RESTORED), Optional.empty(), 0)).found())
        .isEqualTo("what is there now could not be read");
  }

  private static CheckResult judge(StoreImage live, long clientChanges) {
    return judge(RESTORED, live, clientChanges);
  }

  private static CheckResult judge(StoreImage restored, StoreImage live, long clientChanges) {
    return StoreAfterwards.judge("docs", Optional.of(restored), Optional.of(live), clientChanges);
  }

  private static Finding only(CheckResult result) {
    assertThat(result.findings()).hasSize(1);
    return result.findings().get(0);
  }
}
