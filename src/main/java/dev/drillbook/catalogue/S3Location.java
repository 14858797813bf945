package dev.drillbook.catalogue;

import dev.drillbook.timeline.DrillException;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A bucket, or what looks like a folder of one, and how it is reached.
 *
 * @param prefix ends with a slash; empty for the bucket
 */
public record S3Location(String bucket, String prefix, S3Settings settings) {
  private static final String SCHEME = "s3://";

  /**
   * The location that a text names; whether it is there shows when it is asked.
   *
   * @param text {@code s3://bucket/prefix}
   * @param environment the variables that AWS tools look for, see {@link BackupSources#open}
   * @throws DrillException if the text, or what a variable holds, is nothing of the kind
   */
  public static S3Location of(String text, Map<String, String> environment) {
    String path = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : "";
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    if (bucket.isEmpty()) {
      throw new DrillException(
          text + " names no bucket", "write s3://bucket/prefix, e.g. s3://backups/shop");
    }
    String prefix = slash < 0 ? "" : path.substring(slash + 1);
    return new S3Location(
        bucket,
        prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/",
        S3Settings.of(environment));
  }

  /** A client, which its user closes; it gives up a connection after seconds. */
  public S3Client client() {
    return settings.client();
  }

  @Override
  public String toString() {
    return SCHEME + bucket + "/" + prefix + " at " + settings;
  }
}
