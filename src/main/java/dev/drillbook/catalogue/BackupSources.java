package dev.drillbook.catalogue;

import dev.drillbook.timeline.DrillException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** Opens what a location means. */
public final class BackupSources {
  private static final String S3 = "s3://";

  private BackupSources() {}

  /**
   * The place at {@code location}; whether it is there shows when it is listed.
   *
   * @param location a directory, or {@code s3://bucket/prefix}, whose prefix is taken for a folder
   * @param environment the variables that AWS tools look for: AWS_ACCESS_KEY_ID,
   *     AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION or AWS_DEFAULT_REGION,
   *     AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL. A blank one counts as not set. Where keys or
   *     region are not among them, the SDK looks in its other places
   * @throws DrillException if the location, or what a variable holds, is nothing of the kind
   */
  public static BackupSource open(String location, Map<String, String> environment) {
    String text = location.strip();
    if (text.startsWith(S3)) {
      return S3Source.open(S3Location.of(text, environment));
    }
    if (text.isEmpty() || text.contains("://")) {
      throw new DrillException(
          "'" + text + "' is no place where backups can be looked for",
          "write a directory's path or s3://bucket/prefix");
    }
    try {
      return new DirectorySource(Path.of(text).toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      throw new DrillException(
          "'" + text + "' is no path: " + e.getReason(), "write a directory's path", e);
    }
  }
}
