package dev.drillbook.fault;

import dev.drillbook.timeline.DrillException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects of a bucket that chance has picked: the same ones for the same seed and the same keys.
 */
final class PickedObjects {
  private static final int SHOWN = 20;

  private PickedObjects() {}

  /**
   * Keys of the objects that are there now.
   *
   * @throws DrillException if the bucket is empty: nothing would be hit
   */
  static List<String> keys(S3Client s3, String bucket, Extent extent, RandomGenerator chance) {
    List<String> keys =
        s3.listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
            .map(S3Object::key)
            .sorted()
            .toList();
    return pick(keys, bucket, extent, chance);
  }

  /** Versions, the present ones included, in the order of their keys, the latest first. */
  static List<ObjectVersion> versions(
      S3Client s3, String bucket, Extent extent, RandomGenerator chance) {
    return pick(allVersions(s3, bucket), bucket, extent, chance);
  }

  static List<ObjectVersion> allVersions(S3Client s3, String bucket) {
    return s3.listObjectVersionsPaginator(request -> request.bucket(bucket)).versions().stream()
        .toList();
  }

  private static <T> List<T> pick(
      List<T> present, String bucket, Extent extent, RandomGenerator chance) {
    if (present.isEmpty()) {
      throw new DrillException(
          "the bucket " + bucket + " is empty: no object can be hit",
          "fill it before the disaster");
    }
    List<T> rest = new ArrayList<>(present);
    List<T> picked = new ArrayList<>();
    for (long i = extent.of(present.size()); i > 0; i--) {
      picked.add(rest.remove(chance.nextInt(rest.size())));
    }
    return picked;
  }

  /** The first of them, and how many there are. */
  static <T> List<String> describe(String bucket, List<T> picked, Function<T, String> name) {
    List<String> lines = new ArrayList<>();
    lines.add(picked.size() + " objects of " + bucket);
    picked.stream().limit(SHOWN).map(name).forEach(lines::add);
    if (picked.size() > SHOWN) {
      lines.add("and " + (picked.size() - SHOWN) + " more");
    }
    return lines;
  }
}
