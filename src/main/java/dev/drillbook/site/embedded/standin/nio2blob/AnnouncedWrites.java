package dev.drillbook.site.embedded.standin.nio2blob;

import java.io.InputStream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Announces the key of every object before it is written. */
final class AnnouncedWrites extends ForwardingBlobStore {
  private final KeysLikeTemporary keys;

  AnnouncedWrites(BlobStore files, KeysLikeTemporary keys) {
    super(files);
    this.keys = keys;
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
    keys.announce(request.bucket(), request.key());
    return super.putBlob(request, payload);
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    keys.announce(request.destinationBucket(), request.destinationKey());
    return super.copyBlob(request);
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    keys.announce(upload.containerName(), upload.blobName());
    return super.completeMultipartUpload(upload, request);
  }
}
