package dev.drillbook.site.embedded.standin.aws;

import dev.drillbook.site.embedded.standin.aws.Shape.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

/** {@code aws s3api}: an operation of the service's, its answer printed as it came. */
final class S3Api {
  private static final String PREFIX = "Prefix";
  private static final Pattern VERSIONING =
      Pattern.compile(
          "\\s*(?:Status=|\\{\\s*\"Status\"\\s*:\\s*\")(Enabled|Suspended)\"?\\s*}?\\s*");
  private static final Pattern COPY_SOURCE =
      Pattern.compile("/?([^/]+)/(.+?)(?:\\?versionId=(.+))?", Pattern.DOTALL);

  /** The options of each operation, all with a value. */
  private static final Map<String, Set<String>> OPTIONS =
      Map.of(
          "list-buckets", Set.of(),
          "list-objects-v2", Set.of("bucket", "prefix", "delimiter", "start-after"),
          "list-object-versions", Set.of("bucket", "prefix", "delimiter"),
          "get-object", Set.of("bucket", "key", "version-id"),
          "put-object",
              Set.of("bucket", "key", "body", "content-type", "metadata", "storage-class"),
          "head-object", Set.of("bucket", "key", "version-id"),
          "copy-object", Set.of("bucket", "key", "copy-source"),
          "delete-object", Set.of("bucket", "key", "version-id"),
          "get-bucket-versioning", Set.of("bucket"),
          "put-bucket-versioning", Set.of("bucket", "versioning-configuration"));

  private final S3Service service;
  private final Words words;

  private S3Api(S3Service service, Words words) {
    this.service = service;
    this.words = words;
  }

  /** The options that the operation has. */
  static Set<String> options(String operation) throws AwsFailure {
    Set<String> options = OPTIONS.get(operation);
    if (options == null) {
      throw AwsFailure.lacks(
          "s3api " + operation,
          "it has " + String.join(", ", OPTIONS.keySet().stream().sorted().toList()));
    }
    return options;
  }

  /** What it prints; nothing where the answer says nothing. */
  static String run(String operation, S3Service service, Words words) throws IOException {
    boolean asText = false;
    String output = words.value("output").orElse("json");
    if (output.equals("text")) {
      asText = true;
    } else if (!output.equals("json")) {
      throw AwsFailure.lacks("--output " + output, "use json or text");
    }
    S3Api api = new S3Api(service, words);
    Fields answer = api.answer(operation);
    if (asText) {
      return String.join("", answer.rows().stream().map(row -> row + "\n").toList());
    }
    Fields all = api.paged(operation, answer);
    return all.byName().isEmpty() ? "" : Json.of(all) + "\n";
  }

  private Fields answer(String operation) throws IOException {
    return switch (operation) {
      case "list-buckets" -> {
        words.rest();
        yield Shape.of(service.call("ListBuckets", s3 -> s3.listBuckets()));
      }
      case "list-objects-v2" -> listObjects();
      case "list-object-versions" -> listVersions();
      case "get-object" -> getObject();
      case "put-object" -> putObject();
      case "head-object" -> headObject();
      case "copy-object" -> copyObject();
      case "delete-object" -> deleteObject();
      case "get-bucket-versioning" -> {
        String bucket = bucket();
        yield Shape.of(
            service.call(
                "GetBucketVersioning", s3 -> s3.getBucketVersioning(get -> get.bucket(bucket))));
      }
      case "put-bucket-versioning" -> putVersioning();
      default -> throw new IllegalStateException(operation);
    };
  }

  /** A list of several pages is printed as one, with two fields that are not of any page. */
  private Fields paged(String operation, Fields answer) {
    return switch (operation) {
      case "list-buckets" -> answer.with(PREFIX, Shape.Value.NONE);
      case "list-objects-v2", "list-object-versions" ->
          answer
              .with("RequestCharged", Shape.Value.NONE)
              .with(PREFIX, Shape.Value.of(words.value("prefix").orElse("")));
      default -> answer;
    };
  }

  private String bucket() throws AwsFailure {
    words.rest();
    return words.required("bucket");
  }

  private String orNull(String option) {
    return words.value(option).orElse(null);
  }

  private Fields listObjects() throws AwsFailure {
    String bucket = bucket();
    List<S3Object> contents = new ArrayList<>();
    List<CommonPrefix> prefixes = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      String from = token.orElse(null);
      ListObjectsV2Response page =
          service.call(
              "ListObjectsV2",
              s3 ->
                  s3.listObjectsV2(
                      list ->
                          list.bucket(bucket)
                              .prefix(orNull("prefix"))
                              .delimiter(orNull("delimiter"))
                              .startAfter(orNull("start-after"))
                              .continuationToken(from)));
      contents.addAll(page.contents());
      prefixes.addAll(page.commonPrefixes());
      token = Optional.ofNullable(page.nextContinuationToken());
    } while (token.isPresent());
    Map<String, List<? extends SdkPojo>> lists = new LinkedHashMap<>();
    lists.put("Contents", contents);
    lists.put("CommonPrefixes", prefixes);
    return fields(lists);
  }

  private Fields listVersions() throws AwsFailure {
    String bucket = bucket();
    List<ObjectVersion> versions = new ArrayList<>();
    List<DeleteMarkerEntry> markers = new ArrayList<>();
    List<CommonPrefix> prefixes = new ArrayList<>();
    ListObjectVersionsResponse page = null;
    do {
      ListObjectVersionsResponse before = page;
      page =
          service.call(
              "ListObjectVersions",
              s3 ->
                  s3.listObjectVersions(
                      list ->
                          list.bucket(bucket)
                              .prefix(orNull("prefix"))
                              .delimiter(orNull("delimiter"))
                              .keyMarker(before == null ? null : before.nextKeyMarker())
                              .versionIdMarker(
                                  before == null ? null : before.nextVersionIdMarker())));
      versions.addAll(page.versions());
      markers.addAll(page.deleteMarkers());
      prefixes.addAll(page.commonPrefixes());
    } while (Boolean.TRUE.equals(page.isTruncated()));
    Map<String, List<? extends SdkPojo>> lists = new LinkedHashMap<>();
    lists.put("Versions", versions);
    lists.put("DeleteMarkers", markers);
    lists.put("CommonPrefixes", prefixes);
    return fields(lists);
  }

  private static Fields fields(Map<String, List<? extends SdkPojo>> lists) {
    Map<String, Shape> fields = new LinkedHashMap<>();
    lists.forEach(
        (name, list) -> {
          if (!list.isEmpty()) {
            fields.put(name, Shape.ofAll(list));
          }
        });
    return new Fields(fields);
  }

  private S3Uri object() throws AwsFailure {
    return new S3Uri(words.required("bucket"), words.required("key"));
  }

  private Fields getObject() throws IOException {
    S3Uri from = object();
    Path file = Path.of(words.rest("outfile").get(0));
    try (Download download = Download.of(service, from, orNull("version-id"))) {
      download.to(file);
      return Shape.of(download.content().response());
    }
  }

  private Fields putObject() throws AwsFailure {
    words.rest();
    S3Uri to = object();
    Optional<Path> body = words.value("body").map(Path::of);
    if (body.isPresent() && !Files.isReadable(body.get())) {
      throw new AwsFailure(
          AwsFailure.USAGE,
          "Error parsing parameter '--body': Blob values must be a path to a file: " + body.get());
    }
    Map<String, String> metadata = metadata();
    return Shape.of(
        service.call(
            "PutObject",
            s3 ->
                s3.putObject(
                    put ->
                        put.bucket(to.bucket())
                            .key(to.key())
                            .contentType(orNull("content-type"))
                            .storageClass(orNull("storage-class"))
                            .metadata(metadata),
                    body.map(RequestBody::fromFile).orElseGet(RequestBody::empty))));
  }

  private Map<String, String> metadata() throws AwsFailure {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (String pair :
        words.value("metadata").map(text -> text.split(",", -1)).orElse(new String[0])) {
      int equals = pair.indexOf('=');
      if (equals < 1 || pair.startsWith("{")) {
        throw AwsFailure.lacks("--metadata " + pair, "write it as name=value,name=value");
      }
      metadata.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return metadata;
  }

  private Fields headObject() throws AwsFailure {
    words.rest();
    S3Uri of = object();
    return Shape.of(
        service.call(
            "HeadObject",
            s3 ->
                s3.headObject(
                    head ->
                        head.bucket(of.bucket()).key(of.key()).versionId(orNull("version-id")))));
  }

  private Fields copyObject() throws AwsFailure {
    words.rest();
    S3Uri to = object();
    Matcher source = COPY_SOURCE.matcher(words.required("copy-source"));
    if (!source.matches()) {
      throw AwsFailure.usage("--copy-source is to be bucket/key or bucket/key?versionId=ID");
    }
    return Shape.of(
        service.call(
            "CopyObject",
            s3 ->
                s3.copyObject(
                    copy ->
                        copy.sourceBucket(source.group(1))
                            .sourceKey(source.group(2))
                            .sourceVersionId(source.group(3))
                            .destinationBucket(to.bucket())
                            .destinationKey(to.key()))));
  }

  private Fields deleteObject() throws AwsFailure {
    words.rest();
    S3Uri gone = object();
    return Shape.of(
        service.call(
            "DeleteObject",
            s3 ->
                s3.deleteObject(
                    delete ->
                        delete
                            .bucket(gone.bucket())
                            .key(gone.key())
                            .versionId(orNull("version-id")))));
  }

  private Fields putVersioning() throws AwsFailure {
    String bucket = bucket();
    Matcher status = VERSIONING.matcher(words.required("versioning-configuration"));
    if (!status.matches()) {
      throw AwsFailure.usage(
          "--versioning-configuration is to be Status=Enabled or Status=Suspended");
    }
    return Shape.of(
        service.call(
            "PutBucketVersioning",
            s3 ->
                s3.putBucketVersioning(
                    put ->
                        put.bucket(bucket)
                            .versioningConfiguration(change -> change.status(status.group(1))))));
  }
}
