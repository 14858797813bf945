package dev.drillbook.site.embedded.standin.redis;

/** Why redis-cli ends with exit code 1; its message goes to standard error. */
final class CliFailure extends RuntimeException {
  CliFailure(String message) {
    super(message);
  }
}
