package dev.drillbook.fault;

import dev.drillbook.site.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Objects are overwritten by noise of their own size. */
@About(
    kind = About.Kind.OBJECTS,
    does = "overwrites objects with noise",
    hits = "object store",
    needs = "it runs",
    bites = "the objects hold the noise")
public record OverwriteObjects(ObjectStore target, String bucket, Extent extent) implements Fault {
  private static final int MOST_BYTES = 1 << 20;

  public static Fault overwriteObjects(ObjectStore target, String bucket, Extent extent) {
    return new OverwriteObjects(target, bucket, extent);
  }

  @Override
  public String name() {
    return "overwrite " + extent.text() + " of the objects of " + bucket + " in " + target.name();
  }

  private record Noise(String key, String sha256) {}

  @Override
  public ActiveFault inject(Scene scene) {
    Faults.requireRunning(target, "spoilt");
    try (S3Client s3 = target.connect()) {
      List<Noise> written = new ArrayList<>();
      for (String key : PickedObjects.keys(s3, bucket, extent, scene.chance())) {
        long size = s3.headObject(request -> request.bucket(bucket).key(key)).contentLength();
        byte[] noise = new byte[(int) Math.min(Math.max(size, 1), MOST_BYTES)];
        scene.chance().nextBytes(noise);
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(noise));
        written.add(new Noise(key, DigestUtils.sha256Hex(noise)));
      }
      return ActiveFault.over(
          PickedObjects.describe(bucket, written, Noise::key), () -> look(written));
    }
  }

  private Bite look(List<Noise> written) {
    try (S3Client s3 = target.connect()) {
      long noisy =
          written.stream()
              .filter(
                  noise ->
                      DigestUtils.sha256Hex(
                              s3.getObjectAsBytes(
                                      request -> request.bucket(bucket).key(noise.key()))
                                  .asByteArrayUnsafe())
                          .equals(noise.sha256()))
              .count();
      return Bite.of(
          noisy == written.size(), noisy + " of " + written.size() + " objects are noise");
    }
  }
}
