package dev.drillbook.fault;

import dev.drillbook.site.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Objects are overwritten by noise of their own size. */
@About(
    kind = About.Kind.OBJECTS,
    does = "overwrites objects with noise",
    hits = "object store",
    needs = "it runs",
    bites = "the objects hold the noise")
public record OverwriteObjects(ObjectStore target, String bucket, Extent extent) implements Fault {
  private static final String TYPE = "application/octet-stream";

  public static Fault overwriteObjects(ObjectStore target, String bucket, Extent extent) {
    return new OverwriteObjects(target, bucket, extent);
  }

  @Override
  public String name() {
    return "overwrite " + extent.text() + " of the objects of " + bucket + " in " + target.name();
  }

  private record Written(String key, Noise noise) {}

  @Override
  public ActiveFault inject(Scene scene) {
    Faults.requireRunning(target, "spoilt");
    try (S3Client s3 = target.connect()) {
      List<Written> written = new ArrayList<>();
      for (String key : PickedObjects.keys(s3, bucket, extent, scene.chance())) {
        long size = s3.headObject(request -> request.bucket(bucket).key(key)).contentLength();
        Noise noise = new Noise(scene.chance().nextLong(), Math.max(size, 1));
        s3.putObject(
            request -> request.bucket(bucket).key(key),
            RequestBody.fromContentProvider(noise::stream, noise.size(), TYPE));
        written.add(new Written(key, noise));
      }
      return ActiveFault.over(
          PickedObjects.describe(bucket, written, Written::key), () -> look(written));
    }
  }

  private Bite look(List<Written> written) {
    try (S3Client s3 = target.connect()) {
      long noisy = written.stream().filter(object -> isNoise(s3, object)).count();
      return Bite.of(
          noisy == written.size(), noisy + " of " + written.size() + " objects are noise");
    }
  }

  private boolean isNoise(S3Client s3, Written object) {
    try (InputStream now = s3.getObject(request -> request.bucket(bucket).key(object.key()))) {
      return DigestUtils.sha256Hex(now).equals(object.noise().sha256());
    } catch (IOException | NoSuchKeyException e) {
      return false;
    }
  }
}
