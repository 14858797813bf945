package dev.drillbook.site.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process has logged.
 *
 * @param file which those before it may have written to
 * @param start where its own part begins
 */
record LogFile(Path file, long start) {
  private static final int MOST_BYTES = 1 << 20;

  /** The log of a process that is just being started. */
  static LogFile from(Path file) {
    return new LogFile(file, file.toFile().length());
  }

  /** The last lines, out of the last MiB. */
  List<String> tail(int lines) {
    try (var channel = Files.newByteChannel(file)) {
      long size = channel.size();
      long from = Math.max(Math.min(start, size), size - MOST_BYTES);
      ByteBuffer bytes = ByteBuffer.allocate((int) (size - from));
      channel.position(from);
      while (bytes.hasRemaining() && channel.read(bytes) > 0) {
        // Reads on.
      }
      List<String> all =
          new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).lines().toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      return List.of("(its log could not be read: " + e.getMessage() + ")");
    }
  }
}
