package dev.drillbook.catalogue;

import dev.drillbook.timeline.DrillException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What a failed request to S3 means, and what to do about it. Messages hold the store's codes, and
 * never its texts: those may repeat a part of the request.
 *
 * @param where the place that was asked for
 */
record S3Failures(String bucket, String where) {
  private static final String SEE_THE_ADDRESS =
      "check the bucket's name, AWS_ENDPOINT_URL and the way there";

  DrillException listing(SdkException failure) {
    return of(where + " cannot be listed: ", "s3:ListBucket on the bucket", failure);
  }

  DrillException reading(String name, SdkException failure) {
    return of(name + " in " + where + " cannot be read: ", "s3:GetObject on its objects", failure);
  }

  private DrillException of(String what, String permission, SdkException failure) {
    return failure instanceof S3Exception answer
        ? new DrillException(what + reason(answer), hint(answer, permission), failure)
        : new DrillException(what + reason(failure), hint(failure), failure);
  }

  /** The error's code, by which S3 tells them apart; empty where a store sent none. */
  static String code(S3Exception failure) {
    return failure.awsErrorDetails() == null || failure.awsErrorDetails().errorCode() == null
        ? ""
        : failure.awsErrorDetails().errorCode();
  }

  /** In a few words, for what is not the end of it. */
  String answered(SdkException failure) {
    return where + ": " + (failure instanceof S3Exception e ? reason(e) : reason(failure));
  }

  private static String reason(S3Exception failure) {
    return ("the answer was " + failure.statusCode() + " " + code(failure)).strip();
  }

  private static String reason(SdkException failure) {
    if (isAbout(failure, "region")) {
      return "no region is set";
    }
    if (isAbout(failure, "credentials")) {
      return "no keys were found";
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }

  private static boolean isAbout(SdkException failure, String what) {
    return String.valueOf(failure.getMessage()).contains("Unable to load " + what);
  }

  private static String hint(SdkException failure) {
    if (isAbout(failure, "region")) {
      return "set AWS_REGION to the one that the bucket is in";
    }
    if (isAbout(failure, "credentials")) {
      return "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give this machine a role";
    }
    return SEE_THE_ADDRESS;
  }

  private String hint(S3Exception failure, String permission) {
    return switch (code(failure)) {
      case "NoSuchBucket" ->
          "there is no bucket " + bucket + ": check its name, AWS_ENDPOINT_URL and the account";
      case "NoSuchKey" ->
          "it has gone since it was listed: run the check when nothing is being purged";
      case "InvalidAccessKeyId", "SignatureDoesNotMatch" ->
          "the store does not know these keys: were they rotated, or are they of another store?";
      case "ExpiredToken", "InvalidToken", "TokenRefreshRequired" ->
          "get new keys for this session, and set AWS_SESSION_TOKEN with them";
      case "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException" ->
          "the bucket is in another region: set AWS_REGION to that one";
      case "InvalidObjectState" ->
          "it was moved to an archive: restore it from there first, and count that time in";
      default -> hint(failure.statusCode(), permission);
    };
  }

  private String hint(int status, String permission) {
    return switch (status) {
      case 401, 403 -> "grant " + permission + " to the user whose keys these are";
      case 404 -> "there is no bucket " + bucket + " at that address: " + SEE_THE_ADDRESS;
      case 429, 500, 502, 503, 504 -> "ask again later: the store is overloaded or down";
      default -> SEE_THE_ADDRESS;
    };
  }
}
