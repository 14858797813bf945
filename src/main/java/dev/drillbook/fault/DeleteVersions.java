package dev.drillbook.fault;

import dev.drillbook.site.ObjectStore;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** Versions of objects are deleted for good, which no delete marker can be taken away from. */
@About(
    kind = About.Kind.OBJECTS,
    does = "deletes versions for good",
    hits = "object store",
    needs = "it runs",
    bites = "the versions are not listed")
public record DeleteVersions(ObjectStore target, String bucket, Extent extent) implements Fault {

  public static Fault deleteVersions(ObjectStore target, String bucket, Extent extent) {
    return new DeleteVersions(target, bucket, extent);
  }

  @Override
  public String name() {
    return "delete " + extent.text() + " of the versions in " + bucket + " of " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    Faults.requireRunning(target, "robbed of versions");
    try (S3Client s3 = target.connect()) {
      List<ObjectVersion> versions = PickedObjects.versions(s3, bucket, extent, scene.chance());
      versions.forEach(
          version ->
              s3.deleteObject(
                  request ->
                      request.bucket(bucket).key(version.key()).versionId(version.versionId())));
      return ActiveFault.over(
          PickedObjects.describe(
              bucket, versions, version -> version.key() + ", version " + version.versionId()),
          () -> look(versions));
    }
  }

  private Bite look(List<ObjectVersion> versions) {
    List<String> ids = versions.stream().map(ObjectVersion::versionId).toList();
    try (S3Client s3 = target.connect()) {
      long left =
          PickedObjects.allVersions(s3, bucket).stream()
              .map(ObjectVersion::versionId)
              .filter(ids::contains)
              .count();
      return Bite.of(left == 0, ids.size() - left + " of " + ids.size() + " versions are gone");
    }
  }
}
