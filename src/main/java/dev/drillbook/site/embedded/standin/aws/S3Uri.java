package dev.drillbook.site.embedded.standin.aws;

/**
 * A place in S3.
 *
 * @param key empty for the whole bucket
 */
record S3Uri(String bucket, String key) {
  private static final String SCHEME = "s3://";

  static boolean isOne(String written) {
    return written.startsWith(SCHEME);
  }

  static S3Uri of(String written) throws AwsFailure {
    String path = isOne(written) ? written.substring(SCHEME.length()) : written;
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    if (bucket.isEmpty()) {
      throw AwsFailure.usage("Invalid bucket name \"\": " + written + " names none");
    }
    return new S3Uri(bucket, slash < 0 ? "" : path.substring(slash + 1));
  }

  @Override
  public String toString() {
    return SCHEME + bucket + "/" + key;
  }
}
