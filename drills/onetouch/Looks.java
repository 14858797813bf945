package onetouch;

import static dev.drillbook.verification.CacheFollows.cacheFollows;
import static dev.drillbook.verification.Fingerprints.fingerprints;
import static dev.drillbook.verification.ForeignKeys.foreignKeys;
import static dev.drillbook.verification.ObjectReferences.objectsExist;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.SchemaObjects.schemaObjects;
import static dev.drillbook.verification.Sequences.sequences;
import static dev.drillbook.verification.ServesWrites.servesWrites;

import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.Postgres;
import dev.drillbook.site.Redis;
import dev.drillbook.verification.Check;
import dev.drillbook.workload.LoadProfile;
import dev.drillbook.workload.ProbeProfile;
import java.time.Duration;

/** What several of the drills look at. */
final class Looks {
  private static final String PHOTOS =
      "select \"photoKey\", \"photoEtag\" from \"Card\" where \"photoKey\" is not null";

  /** Slower than the standard one: a card goes through three stores before it is acknowledged. */
  static final ProbeProfile PROBE =
      new ProbeProfile(Duration.ofMillis(50), Duration.ofSeconds(1), 10, 3);

  static final LoadProfile LOAD = new LoadProfile(20, 100, Duration.ofSeconds(2));

  private Looks() {}

  /** All that a restored database is judged by. */
  static Check[] restoredDatabase() {
    return new Check[] {
      rowCounts(), fingerprints(), schemaObjects(), foreignKeys(), sequences(), servesWrites()
    };
  }

  /** Every photo that a card names is in the bucket, as the card names it. */
  static Check photosAreRight(Postgres db, ObjectStore s3) {
    return objectsExist("photos of cards", db, PHOTOS, s3, "assets");
  }

  /** No card is in the cache but as it is in the database. */
  static Check cacheIsRight(Redis cache, Postgres db) {
    return cacheFollows("cards in the cache", cache, new CardTexts(db), "card:*");
  }
}
