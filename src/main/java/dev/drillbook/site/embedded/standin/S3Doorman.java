package dev.drillbook.site.embedded.standin;

import dev.drillbook.site.embedded.standin.S3Accounts.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.BlobStoreLocator;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Decides about each request, by the accounts as they are now. Keys that are unknown get no store;
 * whoever is denied gets one that refuses everything, but only after the signature was found right.
 */
final class S3Doorman implements BlobStoreLocator {
  private final Path accountsFile;
  private final BlobStore open;
  private final BlobStore denied;
  private final Throttle throttle = new Throttle();

  S3Doorman(Path accountsFile, BlobStore open) {
    this.accountsFile = accountsFile;
    this.open = open;
    this.denied = new Denied(open);
  }

  @Override
  public AccessGrant locateBlobStore(String identity, String bucket, String key) {
    S3Accounts accounts = accounts();
    if (throttle.refuses(accounts.failPercent())) {
      throw refusal(503, "SlowDown", "Please reduce your request rate.");
    }
    return Optional.ofNullable(identity)
        .flatMap(accounts::withKey)
        .map(account -> new AccessGrant(account.secretKey(), storeFor(account, bucket)))
        .orElse(null);
  }

  private BlobStore storeFor(Account account, String bucket) {
    if (account.isDenied(Optional.ofNullable(bucket))) {
      return denied;
    }
    return account.denied().isEmpty() ? open : new Partly(open, account);
  }

  private S3Accounts accounts() {
    try {
      return S3Accounts.read(accountsFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static S3Exception refusal(int status, String code, String message) {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(status)
            .message(message)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
            .build();
  }

  /** Refuses whatever it is asked: every operation begins with asking for the store behind it. */
  private static final class Denied extends ForwardingBlobStore {
    Denied(BlobStore store) {
      super(store);
    }

    @Override
    public BlobStore delegate() {
      throw refusal(403, "AccessDenied", "Access Denied");
    }
  }

  /** Refuses to read from some buckets: a copy names one that is not in its address. */
  private static final class Partly extends ForwardingBlobStore {
    private final Account account;

    Partly(BlobStore store, Account account) {
      super(store);
      this.account = account;
    }

    private void check(String bucket) {
      if (account.isDenied(Optional.of(bucket))) {
        throw refusal(403, "AccessDenied", "Access Denied");
      }
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
      check(request.sourceBucket());
      return super.copyBlob(request);
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
      check(request.bucket());
      return super.getBlob(request);
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
      check(request.bucket());
      return super.blobMetadata(request);
    }
  }
}
