package dev.drillbook.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/** A file of lines that is only ever appended to. */
public final class LinesFile {
  private LinesFile() {}

  /**
   * Appends a line and returns once it is on the disk. Other processes that append at the same time
   * wait. Where a killed run left half a line, the new one starts below it: nothing that was
   * written is taken away.
   *
   * @param line without its end
   */
  // A file lock belongs to the whole JVM: its own threads must queue before they ask for it.
  public static synchronized void append(Path file, String line) throws IOException {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    try (FileChannel channel =
            FileChannel.open(
                target,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      long end = lock.channel().size();
      write(channel, endsHalfway(channel, end) ? onNewLine(bytes) : ByteBuffer.wrap(bytes), end);
      channel.force(true);
    }
  }

  /** Every line that is not blank, oldest first; none where there is no such file. */
  public static List<String> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return Arrays.stream(text.split("\n", -1)).filter(line -> !line.isBlank()).toList();
  }

  /** Sees to it that lines can be appended. */
  public static void requireWritable(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
  }

  private static boolean endsHalfway(FileChannel channel, long end) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
  }

  private static ByteBuffer onNewLine(byte[] line) {
    return ByteBuffer.allocate(line.length + 1).put((byte) '\n').put(line).flip();
  }

  private static void write(FileChannel channel, ByteBuffer bytes, long end) throws IOException {
    int written = channel.write(bytes, end);
    if (bytes.hasRemaining()) {
      throw new IOException(
          "only " + written + " of " + bytes.limit() + " bytes were written; is the disk full?");
    }
  }
}
