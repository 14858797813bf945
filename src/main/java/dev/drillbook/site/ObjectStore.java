package dev.drillbook.site;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An S3 object store with the buckets that the plan declares. Scripts find what the AWS tools look
 * for: AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of the owner, AWS_REGION.
 */
public interface ObjectStore extends Store {

  /** The keys of one user. */
  record Keys(String accessKey, String secretKey) {
    @Override
    public String toString() {
      return accessKey + ":********";
    }
  }

  /** A client of the owner, who may do everything; it goes straight to the server. */
  S3Client connect();

  /**
   * The same, as a user that the plan declares.
   *
   * @throws dev.drillbook.timeline.DrillException if there is no such user
   */
  S3Client connect(String user);

  /** A user's present keys. */
  Keys keys(String user);

  /** Its buckets, as the plan declares them. */
  List<String> buckets();

  /** Where clients reach it, for clients of other makes. */
  URI endpoint();

  /**
   * From now on every request of {@code user} is answered with 403 AccessDenied, in one bucket or
   * in all, whether the store runs just now or not; the owner cannot be denied.
   */
  Disturbance deny(String user, Optional<String> bucket);

  /** Gives {@code user} new keys; the old ones are refused with 403 InvalidAccessKeyId. */
  Keys rotateKeys(String user);

  /** Answers that many of every hundred requests with 503 SlowDown; 0 ends it. */
  void failPercent(int percent);
}
