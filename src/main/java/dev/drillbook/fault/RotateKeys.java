package dev.drillbook.fault;

import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.ObjectStore.Keys;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A user's keys were changed and nobody told the application, so that it goes on with wrong ones.
 * Giving it the new keys is the recovery's work.
 */
@About(
    kind = About.Kind.OBJECTS,
    does = "a user gets new keys, and the old ones are refused",
    hits = "object store",
    needs = "it runs",
    bites = "the old keys are refused")
public record RotateKeys(ObjectStore target, String user) implements Fault {

  public static Fault rotateKeys(ObjectStore target, String user) {
    return new RotateKeys(target, user);
  }

  @Override
  public String name() {
    return "rotate the keys of " + user + " on " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    Faults.requireRunning(target, "given new keys");
    Keys before = target.keys(user);
    target.rotateKeys(user);
    return ActiveFault.over(List.of("the keys of " + user), () -> look(before));
  }

  private Bite look(Keys before) {
    URI endpoint = target.endpoint();
    try (S3Client client =
        S3Client.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(before.accessKey(), before.secretKey())))
            .build()) {
      client.listObjectsV2(request -> request.bucket(target.buckets().get(0)).maxKeys(1));
      return Bite.of(false, "the old keys of " + user + " still work");
    } catch (SdkException refused) {
      return Bite.of(true, "the old keys of " + user + " are refused: " + refused.getMessage());
    }
  }
}
