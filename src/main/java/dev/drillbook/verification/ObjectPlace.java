package dev.drillbook.verification;

import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Where objects are.
 *
 * @param store what messages call it
 * @param prefix what every key begins with there, a slash at its end included; empty for none
 * @param connect makes a client, which its user closes
 */
public record ObjectPlace(String store, String bucket, String prefix, Supplier<S3Client> connect) {

  String key(String below) {
    return prefix + below;
  }

  @Override
  public String toString() {
    return store + "." + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
  }
}
