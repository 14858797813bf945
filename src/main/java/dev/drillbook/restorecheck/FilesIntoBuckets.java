package dev.drillbook.restorecheck;

import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Brings files into the buckets of an object store. What lies in a folder that is called as a
 * bucket goes into that one, under its path below; where there is one bucket only, everything else
 * goes there too.
 */
final class FilesIntoBuckets {
  private final ObjectStore store;
  private final List<String> buckets;

  FilesIntoBuckets(ObjectStore store) {
    this.store = store;
    this.buckets = store.buckets();
  }

  /** Where a file goes. */
  private record Target(String bucket, String key) {}

  /**
   * @throws DrillException if a file belongs to no bucket
   */
  void put(Path folder, Transcript transcript) throws IOException {
    long count = 0;
    try (S3Client client = store.connect();
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Target target = target(folder.relativize(file));
        client.putObject(put -> put.bucket(target.bucket()).key(target.key()), file);
        count++;
      }
    }
    transcript.add(
        Transcript.Stream.OUT, count + " files were put into " + String.join(", ", buckets));
  }

  private Target target(Path path) {
    String name = path.toString().replace(path.getFileSystem().getSeparator(), "/");
    int slash = name.indexOf('/');
    if (slash > 0 && buckets.contains(name.substring(0, slash))) {
      return new Target(name.substring(0, slash), name.substring(slash + 1));
    }
    if (buckets.size() == 1) {
      return new Target(buckets.get(0), name);
    }
    throw new DrillException(
        name + " is in no folder that is called as a bucket of " + store.name(),
        "its buckets are "
            + String.join(", ", buckets)
            + ": back up each as a folder of that name, or check a store of one bucket");
  }
}
