package dev.drillbook.snapshot;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Reads the objects of all buckets: the size and every byte of each, its content type, and the
 * metadata that its users gave it.
 */
final class ObjectReader {
  private static final int AT_ONCE = 4;
  private static final int CHUNK_BYTES = 64 << 10;

  private final S3Client s3;
  private final KeyBudget budget;

  ObjectReader(S3Client s3, KeyBudget budget) {
    this.s3 = s3;
    this.budget = budget;
  }

  StoreImage read() {
    SortedMap<String, GroupImage> groups = new TreeMap<>();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            AT_ONCE,
            task -> {
              Thread thread = new Thread(task, "drillbook-objects");
              thread.setDaemon(true);
              return thread;
            });
    try {
      for (Bucket bucket : s3.listBuckets().buckets()) {
        groups.put(bucket.name(), read(bucket.name(), threads));
      }
    } finally {
      threads.shutdownNow();
    }
    return new StoreImage(StoreImage.Kind.OBJECT_STORE, groups);
  }

  private GroupImage read(String bucket, ExecutorService threads) {
    GroupReading reading = new GroupReading(bucket, budget);
    String versioning = s3.getBucketVersioning(request -> request.bucket(bucket)).statusAsString();
    reading.define(
        "bucket " + bucket, "versioning " + (versioning == null ? "never enabled" : versioning));
    for (ListObjectsV2Response page : s3.listObjectsV2Paginator(r -> r.bucket(bucket))) {
      List<Callable<Void>> objects = new ArrayList<>();
      for (S3Object object : page.contents()) {
        objects.add(
            () -> {
              reading.add(object.key(), hash(bucket, object.key()));
              return null;
            });
      }
      await(objects, threads, bucket);
    }
    return reading.build(Instant.now());
  }

  private EntryHash hash(String bucket, String key) {
    try (ResponseInputStream<GetObjectResponse> content =
        s3.getObject(request -> request.bucket(bucket).key(key))) {
      EntryHash.Builder hash = new EntryHash.Builder().part(key);
      GetObjectResponse object = content.response();
      hash.part(String.valueOf(object.contentType()));
      hash.number(object.metadata().size());
      new TreeMap<>(object.metadata()).forEach((name, value) -> hash.part(name).part(value));
      byte[] chunk = new byte[CHUNK_BYTES];
      long size = 0;
      for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
        hash.some(chunk, read);
        size += read;
      }
      return hash.number(size).build();
    } catch (IOException e) {
      throw new UncheckedIOException("object " + bucket + "/" + key + ": " + e.getMessage(), e);
    }
  }

  private static void await(List<Callable<Void>> tasks, ExecutorService threads, String bucket) {
    try {
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException(
          "interrupted while the bucket " + bucket + " was being read", "run the drill again", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof software.amazon.awssdk.core.exception.SdkException known) {
        throw known;
      }
      throw new DrillException(
          "the bucket " + bucket + " could not be read: " + e.getCause().getMessage(),
          "see the store's log",
          e.getCause());
    }
  }
}
