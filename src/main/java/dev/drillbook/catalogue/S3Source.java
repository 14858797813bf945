package dev.drillbook.catalogue;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Backups in a bucket of S3, or in what looks like a folder of one. */
final class S3Source implements BackupSource {

  /**
   * What S3 answers where an object, or its whole bucket, has no lock: the codes of
   * GetObjectRetention and GetObjectLegalHold, and of GetObjectLockConfiguration, which some stores
   * send there too.
   */
  private static final Set<String> NO_LOCK =
      Set.of(
          "NoSuchObjectLockConfiguration",
          "ObjectLockConfigurationNotFoundError",
          "InvalidRequest");

  private final S3Client client;
  private final String bucket;
  private final String prefix;
  private final S3Failures failures;

  private S3Source(S3Client client, String bucket, String prefix, S3Failures failures) {
    this.client = client;
    this.bucket = bucket;
    this.prefix = prefix;
    this.failures = failures;
  }

  static S3Source open(S3Location place) {
    S3Failures failures = new S3Failures(place.bucket(), place.toString());
    try {
      return new S3Source(place.client(), place.bucket(), place.prefix(), failures);
    } catch (SdkClientException e) {
      throw failures.listing(e);
    }
  }

  /** What ends with a slash is what consoles make to show a folder. */
  @Override
  public List<StoredFile> list() {
    try {
      return client
          .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix))
          .contents()
          .stream()
          .filter(object -> !object.key().endsWith("/"))
          .map(
              object ->
                  new StoredFile(
                      object.key().substring(prefix.length()),
                      object.size(),
                      object.lastModified()))
          .toList();
    } catch (SdkException e) {
      throw failures.listing(e);
    }
  }

  @Override
  public InputStream open(StoredFile file) {
    try {
      return client.getObject(get -> get.bucket(bucket).key(prefix + file.name()));
    } catch (SdkException e) {
      throw failures.reading(file.name(), e);
    }
  }

  /** A legal hold is only asked for where the retention does not suffice. */
  @Override
  public Lock lock(StoredFile file, Instant wanted) {
    String key = prefix + file.name();
    Lock retention =
        answer(
            () -> client.getObjectRetention(get -> get.bucket(bucket).key(key)).retention(),
            S3Source::lock);
    if (retention instanceof Lock.Until lock && !lock.until().isBefore(wanted)) {
      return retention;
    }
    Lock hold =
        answer(
            () -> client.getObjectLegalHold(get -> get.bucket(bucket).key(key)).legalHold(),
            held ->
                held.status() == ObjectLockLegalHoldStatus.ON
                    ? new Lock.Until(Instant.MAX, true)
                    : new Lock.None());
    return hold instanceof Lock.None ? retention : hold;
  }

  private static Lock lock(ObjectLockRetention retention) {
    return retention.retainUntilDate() == null
        ? new Lock.None()
        : new Lock.Until(
            retention.retainUntilDate(), retention.mode() != ObjectLockRetentionMode.COMPLIANCE);
  }

  private <T> Lock answer(Supplier<T> request, Function<T, Lock> lock) {
    try {
      return Optional.ofNullable(request.get()).map(lock).orElseGet(Lock.None::new);
    } catch (S3Exception e) {
      return NO_LOCK.contains(S3Failures.code(e))
          ? new Lock.None()
          : new Lock.Untold(failures.answered(e));
    } catch (SdkException e) {
      return new Lock.Untold(failures.answered(e));
    }
  }

  @Override
  public String where() {
    return failures.where();
  }

  @Override
  public void close() {
    client.close();
  }
}
