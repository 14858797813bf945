package dev.drillbook.verification;

import static dev.drillbook.snapshot.HandMade.group;
import static dev.drillbook.snapshot.HandMade.image;
import static dev.drillbook.snapshot.HandMade.large;
import static dev.drillbook.verification.Fingerprints.fingerprints;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.SchemaObjects.schemaObjects;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.ComponentSpec.TableSpec;
import dev.drillbook.snapshot.HandMade;
import dev.drillbook.snapshot.StoreImage;
import dev.drillbook.snapshot.StoreImage.Kind;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is found in images of stores other than PostgreSQL. */
class StoreChecksTest {
  private static final Map<String, String> TWO = Map.of("a", "1", "b", "2");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final TableSpec SOME = new TableSpec(1, false);

  private static StoreImage orders(Map<String, String> documents) {
    return image(Kind.MONGO, group("orders").with(documents));
  }

  private static StoreImage db0(HandMade group) {
    return image(Kind.REDIS, group);
  }

  private static StoreImage bucket(Map<String, String> objects) {
    return image(Kind.OBJECT_STORE, group("photos").with(objects));
  }

  private static StoredEvidence documents() {
    return StoredEvidence.mongo(Map.of("orders", SOME));
  }

  @Test
  void whatCameBackAsItWasPassesEveryCheck() {
    StoredEvidence store = documents().checkpoint(orders(TWO)).restored(orders(TWO));
    CheckResult counts = store.examinedBy(rowCounts());
    assertThat(counts.verdict()).isEqualTo(Verdict.PASS);
    assertThat(counts.coverage()).isEqualTo("0 tables, 0 rows, docs: 1 collections, 2 documents");
    CheckResult compared = store.examinedBy(fingerprints());
    assertThat(compared.verdict()).isEqualTo(Verdict.PASS);
    assertThat(compared.coverage())
        .isEqualTo("0 tables, 0 rows, docs: 2 documents against the checkpoint");
  }

  @Test
  void aCollectionIsCountedAsThePlanSays() {
    StoredEvidence store = StoredEvidence.mongo(Map.of("orders", new TableSpec(3, false)));
    assertFound(store.restored(orders(TWO)).examinedBy(rowCounts()), Verdict.FAIL, "2 documents");
    assertFound(
        store.restored(image(Kind.MONGO)).examinedBy(rowCounts()),
        Verdict.FAIL,
        "there is no such collection");
    StoredEvidence lenient = StoredEvidence.mongo(Map.of("orders", new TableSpec(0, false)));
    assertFound(
        lenient.restored(orders(Map.of())).examinedBy(rowCounts()),
        Verdict.UNKNOWN,
        "it is empty, and the plan does not say that it may be");
    assertFound(
        StoredEvidence.mongo(Map.of("other", new TableSpec(0, true)))
            .restored(image(Kind.MONGO, group("other"), group("orders").with(TWO)))
            .examinedBy(rowCounts()),
        Verdict.UNKNOWN,
        "collection orders is not");
  }

  @Test
  void anEmptyCollectionThatMayBeEmptyPassesUnlessItHeldSomething() {
    StoredEvidence store = StoredEvidence.mongo(Map.of("orders", new TableSpec(0, true)));
    StoredEvidence empty = store.restored(orders(Map.of()));
    assertThat(empty.examinedBy(rowCounts()).verdict()).isEqualTo(Verdict.PASS);
    assertFound(empty.checkpoint(orders(TWO)).examinedBy(rowCounts()), Verdict.FAIL, "it is empty");
  }

  @Test
  void aBucketThatHeldSomethingMustNotBeEmptyOrGone() {
    StoredEvidence store = StoredEvidence.objects("photos").checkpoint(bucket(TWO));
    assertFound(
        store.restored(bucket(Map.of())).examinedBy(rowCounts()), Verdict.FAIL, "it is empty");
    assertFound(
        store.restored(image(Kind.OBJECT_STORE)).examinedBy(rowCounts()),
        Verdict.FAIL,
        "there is no such bucket");
    assertThat(store.restored(bucket(TWO)).examinedBy(rowCounts()).verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void aBucketThatWasEmptyBesideOneThatWasNotMayStayEmpty() {
    StoreImage held = image(Kind.OBJECT_STORE, group("photos").with(TWO), group("uploads"));
    assertThat(
            StoredEvidence.objects("photos", "uploads")
                .checkpoint(held)
                .restored(held)
                .examinedBy(rowCounts())
                .verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void aStoreThatWasAndIsEmptyProvesNothingUnlessClientsHaveFilledIt() {
    StoredEvidence store =
        StoredEvidence.redis().checkpoint(db0(group("db0"))).restored(db0(group("db0")));
    assertFound(
        store.examinedBy(rowCounts()),
        Verdict.UNKNOWN,
        "it is empty, and was when the backup was taken");
    assertThat(store.live(db0(group("db0").with(TWO))).examinedBy(rowCounts()).verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(store.examinedBy(fingerprints()).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void keysThatHaveExpiredAreNotMissed() {
    StoreImage before = db0(group("db0").expiring("s", "1", NOON).readAt(NOON.minusSeconds(9)));
    StoredEvidence store = StoredEvidence.redis().checkpoint(before).live(db0(group("db0")));
    StoredEvidence later = store.restored(db0(group("db0").readAt(NOON.plusSeconds(1))));
    StoredEvidence sooner = store.restored(db0(group("db0").readAt(NOON.minusSeconds(1))));
    assertThat(later.examinedBy(fingerprints()).verdict()).isEqualTo(Verdict.PASS);
    assertThat(later.examinedBy(fingerprints()).coverage())
        .contains("cache: 1 keys (1 have expired since)");
    assertFound(
        sooner.examinedBy(fingerprints()),
        Verdict.FAIL,
        "0 keys: 1 are missing, 0 differ, 0 were not there before");
    assertFound(sooner.examinedBy(rowCounts()), Verdict.FAIL, "it is empty");
  }

  @Test
  void whetherAndWhenAKeyExpiresIsComparedUpToTheTimeInBetween() {
    StoreImage before = db0(group("db0").expiring("s", "1", NOON.plusSeconds(600)).readAt(NOON));
    StoredEvidence store = StoredEvidence.redis().checkpoint(before);
    assertThat(expiringAt(store, 603).verdict()).isEqualTo(Verdict.PASS);
    assertThat(only(expiringAt(store, 606)).examples())
        .containsExactly(
            "key s differs: it was to expire at 2026-03-01T12:10:00Z, and now at 2026-03-01T12:10:06Z");
    StoreImage forever = db0(group("db0").with(Map.of("s", "1")).readAt(NOON.plusSeconds(5)));
    assertThat(only(store.restored(forever).examinedBy(fingerprints())).examples())
        .containsExactly("key s differs: it was to expire at 2026-03-01T12:10:00Z, and now never");
  }

  private static CheckResult expiringAt(StoredEvidence store, int seconds) {
    return store
        .restored(
            db0(
                group("db0")
                    .expiring("s", "1", NOON.plusSeconds(seconds))
                    .readAt(NOON.plusSeconds(5))))
        .examinedBy(fingerprints());
  }

  @Test
  void whatIsMissingDifferentOrTooMuchIsNamed() {
    Finding finding =
        only(
            documents()
                .checkpoint(orders(Map.of("a", "1", "b", "2", "c", "3")))
                .restored(orders(Map.of("b", "x", "c", "3", "d", "4")))
                .examinedBy(fingerprints()));
    assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.found())
        .isEqualTo("3 documents: 1 are missing, 1 differ, 1 were not there before");
    assertThat(finding.examples())
        .containsExactly(
            "document a is missing", "document b differs", "document d was not there before");
  }

  @Test
  void aGroupThatIsGoneOrCameOutOfNowhereIsFound() {
    assertFound(
        documents().checkpoint(orders(TWO)).restored(image(Kind.MONGO)).examinedBy(fingerprints()),
        Verdict.FAIL,
        "there is no such collection");
    StoreImage more = image(Kind.MONGO, group("orders").with(TWO), group("ransom").with(TWO));
    assertFound(
        documents().checkpoint(orders(TWO)).restored(more).examinedBy(fingerprints()),
        Verdict.FAIL,
        "it holds 2 documents");
  }

  @Test
  void ofGroupsTooLargeToKeepTheirKeysASumTellsADifference() {
    StoreImage before = db0(large("db0").with(TWO).expiring("s", "1", NOON));
    StoredEvidence store = StoredEvidence.redis().checkpoint(before);
    assertThat(store.restored(before).examinedBy(fingerprints()).coverage())
        .contains("3 of them by their sum alone");
    StoreImage changed = db0(large("db0").with(Map.of("a", "1", "b", "x")));
    assertFound(
        store.restored(changed).examinedBy(fingerprints()),
        Verdict.FAIL,
        "2 keys, too many to tell which of them differ");
    StoreImage expired = db0(large("db0").with(TWO).readAt(NOON.plusSeconds(1)));
    assertThat(store.restored(expired).examinedBy(fingerprints()).verdict())
        .isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void fingerprintsCanBeLimitedToWhatIsNamed() {
    StoreImage before = image(Kind.MONGO, group("orders").with(TWO), group("log").with(TWO));
    StoreImage after =
        image(Kind.MONGO, group("orders").with(TWO), group("log").with(Map.of("a", "1")));
    StoredEvidence store = documents().checkpoint(before).restored(after);
    assertThat(store.examinedBy(fingerprints()).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(store.examinedBy(fingerprints("log")).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(store.examinedBy(fingerprints("docs.log")).verdict()).isEqualTo(Verdict.FAIL);
    CheckResult limited = store.examinedBy(fingerprints("orders"));
    assertThat(limited.verdict()).isEqualTo(Verdict.PASS);
    assertThat(limited.coverage()).contains("docs: 2 documents");
    assertThat(store.examinedBy(fingerprints("docs.orders")).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aNameThatFitsNothingIsUnknown() {
    StoredEvidence store = documents().checkpoint(orders(TWO)).restored(orders(TWO));
    assertFound(
        store.examinedBy(fingerprints("orders", "ordres")),
        Verdict.UNKNOWN,
        "there is no table, collection, bucket or database ordres in the checkpoint");
    assertThat(store.examinedBy(fingerprints("cache.orders")).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void whatCouldNotBeReadIsUnknown() {
    assertThat(only(documents().checkpoint(orders(TWO)).examinedBy(fingerprints())).found())
        .contains("what docs held after the restore could not be read: it was away");
    assertThat(only(documents().restored(orders(TWO)).examinedBy(fingerprints())).found())
        .contains("no checkpoint of docs was taken");
    assertThat(only(documents().examinedBy(rowCounts())).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void anIndexThatIsMissingDifferentOrUnknownIsNamed() {
    StoreImage before =
        image(
            Kind.MONGO,
            group("orders")
                .defined("collection orders", "{}")
                .defined("index orders.ref", "unique")
                .defined("index orders.at", "plain"));
    StoreImage after =
        image(
            Kind.MONGO,
            group("orders")
                .defined("collection orders", "{}")
                .defined("index orders.ref", "plain")
                .defined("index orders.odd", "plain"));
    CheckResult result = documents().checkpoint(before).restored(after).examinedBy(schemaObjects());
    assertThat(result.findings())
        .flatExtracting(Finding::examples)
        .containsExactly(
            "index orders.at", "index orders.ref: was unique, is plain", "index orders.odd");
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(
            documents().checkpoint(before).restored(before).examinedBy(schemaObjects()).verdict())
        .isEqualTo(Verdict.PASS);
  }

  private static void assertFound(CheckResult result, Verdict verdict, String found) {
    assertThat(only(result))
        .extracting(Finding::verdict, Finding::found)
        .containsExactly(verdict, found);
  }

  private static Finding only(CheckResult result) {
    assertThat(result.findings()).hasSize(1);
    return result.findings().get(0);
  }
}
