package onetouch;

import static dev.drillbook.fault.DeleteObjects.deleteObjects;
import static dev.drillbook.fault.DenyUser.deny;
import static dev.drillbook.fault.Extent.count;
import static dev.drillbook.fault.OverwriteObjects.overwriteObjects;
import static dev.drillbook.verification.ForeignKeys.foreignKeys;
import static dev.drillbook.verification.Health.health;
import static dev.drillbook.verification.ServesWrites.servesWrites;
import static onetouch.Cards.cardsWithPhotos;
import static onetouch.Looks.LOAD;
import static onetouch.Looks.PROBE;
import static onetouch.Looks.photosAreRight;
import static onetouch.Scripts.both;

import dev.drillbook.junit.Drill;
import dev.drillbook.run.DrillRun;
import org.junit.jupiter.api.Test;

@Drill(plan = "onetouch", scenario = "storage-issues")
class StorageIssuesDrill {

  @Test
  void everyPhotoIsBroughtBackAsItsCardNamesIt(DrillRun drill) {
    var db = drill.postgres("db");
    var s3 = drill.objectStore("s3");
    var server = drill.app("server");
    var denied = deny(s3, "bizcard", "assets");

    drill
        .workload(cardsWithPhotos(server::address, db), LOAD)
        .probe(PROBE)
        .noticedBy(both(db.script("validate-photos.sh"), s3.script("validate-photos.sh")))
        .disaster(
            denied, deleteObjects(s3, "assets", count(5)), overwriteObjects(s3, "assets", count(5)))
        .recover("restore-permissions", drill.heal(denied))
        .recover(
            "restore-objects", both(db.script("restore-photos.sh"), s3.script("restore-photos.sh")))
        .recover("verify-storage", both(s3.script("test-s3.sh"), server.script("test-s3.sh")))
        .verify(photosAreRight(db, s3), foreignKeys(), health(server), servesWrites())
        .meetsItsObjectives();
  }
}
