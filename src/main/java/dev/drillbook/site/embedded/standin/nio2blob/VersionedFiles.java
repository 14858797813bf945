package dev.drillbook.site.embedded.standin.nio2blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.AbstractNio2BlobStore;

/**
 * S3Proxy's store of files, with the versioning that it has and offers for stores in memory only,
 * because several processes must not share a folder. Ours has one.
 */
public final class VersionedFiles extends AbstractNio2BlobStore {

  private VersionedFiles(Path root) {
    super(root);
  }

  /**
   * Opens the store in {@code folder}, which may be empty, after repairing what a killed process
   * may have left in it.
   *
   * @throws IOException if it cannot be read or repaired
   */
  public static BlobStore open(Path folder) throws IOException {
    Path buckets = Files.createDirectories(folder.resolve("buckets"));
    KeysLikeTemporary keys =
        new KeysLikeTemporary(Files.createDirectories(folder.resolve("keys-like-temporary")));
    long highest = new CrashRepair(buckets, keys).run();
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    // The library counts versions from 1 in each process: they would come again after a restart.
    sequence().set(Math.max(micros, highest));
    return new AnnouncedWrites(new VersionedFiles(buckets), keys);
  }

  private static AtomicLong sequence() {
    try {
      var field = AbstractNio2BlobStore.class.getDeclaredField("VERSION_SEQUENCE");
      field.setAccessible(true);
      return (AtomicLong) field.get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "this version of S3Proxy counts object versions in another way; use 4.1.0", e);
    }
  }

  @Override
  public boolean supportsVersioning() {
    return true;
  }
}
