package dev.drillbook.report;

import java.util.Locale;

/** Sizes for people, in decimal units: "317 bytes", "1.2 MB". */
final class ByteText {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

  private ByteText() {}

  static String of(long bytes) {
    if (bytes < 1_000) {
      return bytes + " bytes";
    }
    double size = bytes / 1_000.0;
    int unit = 0;
    while (size >= 999.95) {
      size /= 1_000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
  }
}
