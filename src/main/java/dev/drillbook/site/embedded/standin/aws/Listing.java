package dev.drillbook.site.embedded.standin.aws;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** {@code aws s3 ls}. */
final class Listing {
  static final Set<String> FLAGS = Set.of("recursive", "human-readable", "summarize");

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB", "PiB");
  private static final int UNIT = 1024;

  private final S3Service service;
  private final Words words;
  private final PrintStream out;
  private long objects;
  private long bytes;

  Listing(S3Service service, Words words, PrintStream out) {
    this.service = service;
    this.words = words;
    this.out = out;
  }

  /** Returns its exit code: 1 where a prefix has nothing. */
  int run() throws AwsFailure {
    List<String> paths = words.count() > 2 ? words.rest("paths") : List.of();
    if (paths.isEmpty() || paths.get(0).equals("s3://")) {
      for (Bucket bucket : service.call("ListBuckets", s3 -> s3.listBuckets()).buckets()) {
        out.println(time(bucket.creationDate()) + " " + bucket.name());
      }
      return 0;
    }
    S3Uri place = S3Uri.of(paths.get(0));
    boolean foundAny = list(place);
    if (words.has("summarize")) {
      out.printf("%nTotal Objects: %d%n   Total Size: %s%n", objects, size(bytes));
    }
    return foundAny || place.key().isEmpty() ? 0 : 1;
  }

  private boolean list(S3Uri place) throws AwsFailure {
    String delimiter = words.has("recursive") ? null : "/";
    boolean foundAny = false;
    String token = null;
    do {
      String from = token;
      ListObjectsV2Response page =
          service.call(
              "ListObjectsV2",
              s3 ->
                  s3.listObjectsV2(
                      list ->
                          list.bucket(place.bucket())
                              .prefix(place.key())
                              .delimiter(delimiter)
                              .continuationToken(from)));
      page.commonPrefixes().forEach(this::print);
      page.contents().forEach(this::print);
      foundAny |= !page.commonPrefixes().isEmpty() || !page.contents().isEmpty();
      token = page.nextContinuationToken();
    } while (token != null);
    return foundAny;
  }

  private void print(CommonPrefix prefix) {
    String path = prefix.prefix();
    String name = path.substring(path.lastIndexOf('/', path.length() - 2) + 1);
    out.printf("%30s %s%n", "PRE", name);
  }

  private void print(S3Object object) {
    objects++;
    bytes += object.size();
    String name =
        words.has("recursive")
            ? object.key()
            : object.key().substring(object.key().lastIndexOf('/') + 1);
    out.printf("%s %10s %s%n", time(object.lastModified()), size(object.size()), name);
  }

  private static String time(Instant instant) {
    return TIME.format(instant.atZone(ZoneId.systemDefault()));
  }

  private String size(long bytes) {
    return words.has("human-readable") ? readable(bytes) : String.valueOf(bytes);
  }

  /** As the AWS CLI has it: one decimal, and a unit less where it would round to 1024. */
  static String readable(long bytes) {
    if (bytes == 1) {
      return "1 Byte";
    }
    if (bytes < UNIT) {
      return bytes + " Bytes";
    }
    double size = bytes;
    for (String unit : UNITS) {
      size /= UNIT;
      if (Math.rint(size) < UNIT) {
        return String.format(Locale.ROOT, "%.1f %s", size, unit);
      }
    }
    return String.format(Locale.ROOT, "%.1f %s", size, UNITS.get(UNITS.size() - 1));
  }
}
