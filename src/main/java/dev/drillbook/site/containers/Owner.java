package dev.drillbook.site.containers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Who may say of a site's folder that it is gone: the same user, where the same files are seen. An
 * engine may serve others, and other machines' containers too.
 *
 * @param text a user's number, and a hash of what the machine is known by
 */
record Owner(String text) {
  static final String LABEL = "dev.drillbook.owner";
  private static final int ENOUGH = 16;

  /** A user of this machine, or of this container. */
  static Owner of(int uid) {
    return of(uid, line(Path.of("/etc/machine-id")), line(Path.of("/proc/sys/kernel/hostname")));
  }

  /** The id of a machine is shared by all containers of an image, the name of the host is not. */
  static Owner of(int uid, String machineId, String hostName) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((machineId + "\n" + hostName).getBytes(StandardCharsets.UTF_8));
      return new Owner(uid + "@" + HexFormat.of().formatHex(hash).substring(0, ENOUGH));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static String line(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unknown) {
      return "";
    }
  }

  boolean owns(Map<String, String> labels) {
    return text.equals(labels.get(LABEL));
  }
}
