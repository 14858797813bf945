package dev.drillbook.fault;

import dev.drillbook.site.ObjectStore;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects are deleted. In a bucket with versions each is hidden by a delete marker, and older
 * versions are there; in any other they are gone for good.
 */
@About(
    kind = About.Kind.OBJECTS,
    does = "deletes objects: delete markers where there are versions",
    hits = "object store",
    needs = "it runs",
    bites = "the keys are not listed")
public record DeleteObjects(ObjectStore target, String bucket, Extent extent) implements Fault {

  public static Fault deleteObjects(ObjectStore target, String bucket, Extent extent) {
    return new DeleteObjects(target, bucket, extent);
  }

  @Override
  public String name() {
    return "delete " + extent.text() + " of the objects of " + bucket + " in " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    Faults.requireRunning(target, "robbed of objects");
    try (S3Client s3 = target.connect()) {
      List<String> keys = PickedObjects.keys(s3, bucket, extent, scene.chance());
      keys.forEach(key -> s3.deleteObject(request -> request.bucket(bucket).key(key)));
      return ActiveFault.over(PickedObjects.describe(bucket, keys, key -> key), () -> look(keys));
    }
  }

  private Bite look(List<String> keys) {
    try (S3Client s3 = target.connect()) {
      long left =
          s3.listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
              .map(S3Object::key)
              .filter(keys::contains)
              .count();
      return Bite.of(left == 0, keys.size() - left + " of " + keys.size() + " objects are gone");
    }
  }
}
