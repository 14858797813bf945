package dev.drillbook.site.embedded.standin.aws;

import dev.drillbook.site.embedded.standin.aws.Transfer.LocalFile;
import dev.drillbook.site.embedded.standin.aws.Transfer.Place;
import dev.drillbook.site.embedded.standin.aws.Transfer.StoredObject;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** All files below a folder, or all objects below a prefix. */
sealed interface Tree {

  /**
   * One of them.
   *
   * @param modified when it was last
   */
  record Leaf(Place place, long size, Instant modified) {}

  /** Where one of that name is, or would be. */
  Place place(String name);

  /** Them, by their names below the root, in the order of the names. */
  SortedMap<String, Leaf> leaves(S3Service service, Wildcards wildcards) throws IOException;

  static Tree of(String written) throws AwsFailure {
    if (!S3Uri.isOne(written)) {
      return new OfFiles(Path.of(written));
    }
    S3Uri uri = S3Uri.of(written);
    String prefix = uri.key().isEmpty() || uri.key().endsWith("/") ? uri.key() : uri.key() + "/";
    return new OfObjects(new S3Uri(uri.bucket(), prefix));
  }

  record OfFiles(Path root) implements Tree {
    @Override
    public Place place(String name) {
      return new LocalFile(root.resolve(name));
    }

    @Override
    public SortedMap<String, Leaf> leaves(S3Service service, Wildcards wildcards)
        throws IOException {
      SortedMap<String, Leaf> leaves = new TreeMap<>();
      if (!Files.isDirectory(root)) {
        return leaves;
      }
      try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String name = root.relativize(file).toString();
          if (wildcards.mean(name)) {
            Instant modified = Files.getLastModifiedTime(file).toInstant();
            leaves.put(name, new Leaf(new LocalFile(file), Files.size(file), modified));
          }
        }
      }
      return leaves;
    }
  }

  /**
   * Objects.
   *
   * @param root its key ends with a slash, or is empty
   */
  record OfObjects(S3Uri root) implements Tree {
    @Override
    public Place place(String name) {
      return new StoredObject(new S3Uri(root.bucket(), root.key() + name));
    }

    @Override
    public SortedMap<String, Leaf> leaves(S3Service service, Wildcards wildcards)
        throws AwsFailure {
      SortedMap<String, Leaf> leaves = new TreeMap<>();
      String token = null;
      do {
        String from = token;
        ListObjectsV2Response page =
            service.call(
                "ListObjectsV2",
                s3 ->
                    s3.listObjectsV2(
                        list ->
                            list.bucket(root.bucket()).prefix(root.key()).continuationToken(from)));
        for (S3Object object : page.contents()) {
          String name = object.key().substring(root.key().length());
          if (!name.isEmpty() && wildcards.mean(name)) {
            leaves.put(name, new Leaf(place(name), object.size(), object.lastModified()));
          }
        }
        token = page.nextContinuationToken();
      } while (token != null);
      return leaves;
    }
  }
}
