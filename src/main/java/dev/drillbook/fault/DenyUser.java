package dev.drillbook.fault;

import dev.drillbook.site.ObjectStore;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A policy denies a user everything: each of its requests is answered with 403 AccessDenied.
 *
 * @param bucket in this bucket alone; in all, if empty
 */
@About(
    kind = About.Kind.OBJECTS,
    does = "a user gets 403 AccessDenied, in one bucket or all",
    hits = "object store",
    needs = "it runs",
    undone = "the user is allowed again",
    bites = "the user cannot list")
public record DenyUser(ObjectStore target, String user, Optional<String> bucket) implements Fault {
  private static final int FORBIDDEN = 403;

  /** In every bucket. */
  public static Fault deny(ObjectStore target, String user) {
    return new DenyUser(target, user, Optional.empty());
  }

  /** In one bucket. */
  public static Fault deny(ObjectStore target, String user, String bucket) {
    return new DenyUser(target, user, Optional.of(bucket));
  }

  @Override
  public String name() {
    return "deny "
        + user
        + bucket.map(one -> " the bucket " + one).orElse("")
        + " on "
        + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    Faults.requireRunning(target, "told to deny a user");
    return InForce.begin(
        scene,
        name(),
        List.of("the user " + user),
        () -> target.deny(user, bucket),
        () -> look(target, user, bucket.orElse(target.buckets().get(0))));
  }

  static Bite look(ObjectStore target, String user, String bucket) {
    try (S3Client client = target.connect(user)) {
      client.listObjectsV2(request -> request.bucket(bucket).maxKeys(1));
      return Bite.of(false, user + " can list " + bucket);
    } catch (SdkException refused) {
      return Bite.of(
          refused instanceof S3Exception answer && answer.statusCode() == FORBIDDEN,
          user + " cannot list " + bucket + ": " + refused.getMessage());
    }
  }
}
