package dev.drillbook.site.embedded.standin.aws;

import java.io.IOException;

/** Why a command fails; its message is as that of the AWS CLI, version 2. */
final class AwsFailure extends IOException {
  /** A command that cannot be understood, or that we do not have. */
  static final int USAGE = 252;

  /** What is needed before a request can be sent is missing. */
  static final int CONFIGURATION = 253;

  /** The service refused. */
  static final int SERVICE = 254;

  /** Anything else. */
  static final int GENERAL = 255;

  private final int exitCode;

  AwsFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  AwsFailure(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  static AwsFailure usage(String message) {
    return new AwsFailure(USAGE, message);
  }

  /** For what the AWS CLI has, and ours not. */
  static AwsFailure lacks(String what, String instead) {
    return usage(
        what
            + " is not among what Drillbook's own aws has: "
            + instead
            + ", or install the AWS CLI (2.13 or newer)");
  }

  int exitCode() {
    return exitCode;
  }
}
