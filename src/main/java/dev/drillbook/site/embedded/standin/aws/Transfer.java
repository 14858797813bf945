package dev.drillbook.site.embedded.standin.aws;

import java.io.IOException;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * One file or object on its way to another place.
 *
 * @param from where it is
 * @param to where it is to be
 */
record Transfer(Place from, Place to) {

  /** A file or an object. */
  sealed interface Place {

    /** As it is printed. */
    String shown();
  }

  record LocalFile(Path path) implements Place {
    /** As seen from the working folder. */
    @Override
    public String shown() {
      Path here = Path.of("").toAbsolutePath();
      Path absolute = path.toAbsolutePath().normalize();
      Path folder = here.relativize(absolute.getParent());
      return (folder.toString().isEmpty() ? "." : folder) + "/" + absolute.getFileName();
    }
  }

  record StoredObject(S3Uri uri) implements Place {
    @Override
    public String shown() {
      return uri.toString();
    }
  }

  /** What the AWS CLI calls it. */
  String name() {
    if (from instanceof LocalFile) {
      return "upload";
    }
    return to instanceof LocalFile ? "download" : "copy";
  }

  String shown() {
    return from.shown() + " to " + to.shown();
  }

  /** Does it; a file has its new name when it is whole. */
  void perform(S3Service service, Words words) throws IOException {
    if (from instanceof LocalFile file && to instanceof StoredObject object) {
      upload(service, words, file.path(), object.uri());
    } else if (from instanceof StoredObject object && to instanceof LocalFile file) {
      try (Download download = Download.of(service, object.uri(), null)) {
        download.to(file.path());
      }
    } else if (from instanceof StoredObject source && to instanceof StoredObject target) {
      service.call(
          "CopyObject",
          s3 ->
              s3.copyObject(
                  copy ->
                      copy.sourceBucket(source.uri().bucket())
                          .sourceKey(source.uri().key())
                          .destinationBucket(target.uri().bucket())
                          .destinationKey(target.uri().key())
                          .storageClass(words.value("storage-class").orElse(null))));
    }
  }

  static void upload(S3Service service, Words words, Path file, S3Uri to) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("Is a directory: '" + file + "'");
    }
    Optional<String> type =
        words
            .value("content-type")
            .or(() -> Optional.ofNullable(URLConnection.guessContentTypeFromName(file.toString())));
    service.call(
        "PutObject",
        s3 ->
            s3.putObject(
                put ->
                    put.bucket(to.bucket())
                        .key(to.key())
                        .contentType(type.orElse(null))
                        .storageClass(words.value("storage-class").orElse(null)),
                RequestBody.fromFile(file)));
  }

  /** Removes what was moved. */
  void removeSource(S3Service service) throws IOException {
    if (from instanceof LocalFile file) {
      Files.delete(file.path());
    } else if (from instanceof StoredObject object) {
      delete(service, object.uri());
    }
  }

  static void delete(S3Service service, S3Uri uri) throws AwsFailure {
    service.call(
        "DeleteObject", s3 -> s3.deleteObject(gone -> gone.bucket(uri.bucket()).key(uri.key())));
  }
}
