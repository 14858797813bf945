package dev.drillbook.unpacking;

import java.time.Duration;

/**
 * What one part of the way from the store to the disk took. The stages of a backup run at the same
 * time, each on what the one before it lets through; so each is charged with the time that was
 * spent waiting for it and not for the ones before it, and their sum is the whole.
 *
 * @param name {@code download}, {@code decrypt}, {@code decompress} or {@code extract}
 * @param took the time that was spent on it
 * @param bytesIn what went into it
 * @param bytesOut what came out of it
 */
public record Stage(String name, Duration took, long bytesIn, long bytesOut) {
  static final String DOWNLOAD = "download";
  static final String DECRYPT = "decrypt";
  static final String DECOMPRESS = "decompress";
  static final String EXTRACT = "extract";

  Stage plus(Stage other) {
    return new Stage(
        name, took.plus(other.took), bytesIn + other.bytesIn, bytesOut + other.bytesOut);
  }
}
