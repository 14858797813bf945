package dev.drillbook.fault;

import dev.drillbook.site.ObjectStore;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
    Set<Version> deleted = versions.stream().map(Version::of).collect(Collectors.toSet());
    try (S3Client s3 = target.connect()) {
      long left =
          PickedObjects.allVersions(s3, bucket).stream()
              .map(Version::of)
              .filter(deleted::contains)
              .count();
      return Bite.of(
          left == 0, deleted.size() - left + " of " + deleted.size() + " versions are gone");
    }
  }

  /** Ids tell the versions of one object apart, and not those of two. */
  private record Version(String key, String id) {
    static Version of(ObjectVersion version) {
      return new Version(version.key(), version.versionId());
    }
  }
}
