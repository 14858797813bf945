package dev.drillbook.site.embedded.standin.aws;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The content of an object on its way. */
record Download(ResponseInputStream<GetObjectResponse> content) implements AutoCloseable {

  static Download of(S3Service service, S3Uri from, String versionOrNull) throws AwsFailure {
    return new Download(
        service.call(
            "GetObject",
            s3 ->
                s3.getObject(
                    get -> get.bucket(from.bucket()).key(from.key()).versionId(versionOrNull))));
  }

  /** Writes it to {@code file}, which has that name, and the object's time, once it is whole. */
  void to(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      try (OutputStream out = Files.newOutputStream(target)) {
        to(out);
      }
      return;
    }
    Files.createDirectories(target.getParent());
    Path unfinished =
        target.resolveSibling(
            target.getFileName() + ".unfinished-" + ProcessHandle.current().pid());
    unfinished.toFile().deleteOnExit();
    try {
      try (FileOutputStream out = new FileOutputStream(unfinished.toFile())) {
        to(out);
      }
      Files.setLastModifiedTime(unfinished, FileTime.from(content.response().lastModified()));
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  void to(OutputStream out) throws IOException {
    long bytes = content.transferTo(out);
    if (bytes != content.response().contentLength()) {
      throw new IOException(
          "the connection ended after %d of %d bytes"
              .formatted(bytes, content.response().contentLength()));
    }
    out.flush();
  }

  /** Not to its end, if that is not reached. */
  @Override
  public void close() {
    content.abort();
  }
}
