package dhakacart;

import static dev.drillbook.fault.DestroyData.destroyData;
import static dev.drillbook.fault.Kill.kill;
import static dev.drillbook.verification.Fingerprints.fingerprints;
import static dev.drillbook.verification.ForeignKeys.foreignKeys;
import static dev.drillbook.verification.Health.health;
import static dev.drillbook.verification.RowCounts.rowCounts;
import static dev.drillbook.verification.SchemaObjects.schemaObjects;
import static dev.drillbook.verification.Sequences.sequences;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static dhakacart.CartProducts.cartsHoldProducts;
import static dhakacart.OrdersAndCarts.ordersAndCarts;

import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import org.junit.jupiter.api.Test;

@Drill(plan = "dhakacart", scenario = "infrastructure-failure")
class InfrastructureFailureDrill {

  @Test
  void theOtherRegionServesOrdersAndCartsOfOneMoment(DrillRun drill) {
    var www = drill.address("www");
    var shop = drill.app("shop");
    var db = drill.postgres("db");
    var cache = drill.redis("cache");
    var newShop = drill.app("shop-secondary");
    var newDb = drill.postgres("db-secondary");
    var newCache = drill.redis("cache-secondary");
    var dumps = drill.backups("postgres-dump").folder();
    var rdbFiles = drill.backups("redis-rdb").folder();

    drill
        .workload(ordersAndCarts(www::url, newDb, newCache))
        .prepare(newShop::kill, newDb::kill, newDb::destroyData, newCache::kill)
        .backup("postgres-dump", "redis-rdb")
        .restoredInto(newDb, newCache)
        .disaster(kill(shop), kill(db), destroyData(db), kill(cache))
        .recover("provision-infrastructure", newDb::provision, newCache::provision)
        .recover("deploy-application", newShop::start)
        .recover(
            "restore-latest-backups",
            newDb.script("restore-postgres.sh").with("BACKUP_DIR", dumps::toString),
            newCache::stop,
            newCache.script("restore-redis.sh").with("BACKUP_DIR", rdbFiles::toString),
            newCache::start)
        .recover("update-dns", () -> www.pointTo(newShop))
        .recover(
            "verify-complete-system",
            newDb.script("verify-data.sh"),
            newShop.script("test-application.sh").with("SHOP_URL", () -> www.url().toString()))
        .verify(
            rowCounts(),
            fingerprints(),
            schemaObjects(),
            foreignKeys(),
            sequences(),
            cartsHoldProducts(newCache, newDb),
            health(newShop),
            servesWrites())
        .meetsItsObjectives();
  }
}
