package dev.drillbook.site.embedded.standin.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * Asks a server for all its data as a replica does, and keeps them as an RDB file. The file appears
 * under its name when it is whole.
 */
final class RdbDownload {
  private static final String UNTIL_MARK = "EOF:";
  private static final int MARK_BYTES = 40;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final RedisConnection server;
  private final String file;

  RdbDownload(RedisConnection server, String file) {
    this.server = server;
    this.file = file;
  }

  /**
   * Does it.
   *
   * @param standardOutput where it goes if the file is "-"
   * @throws CliFailure if the server refuses
   * @throws IOException if the server goes away before the end, or nothing can be written
   */
  void run(OutputStream standardOutput) throws IOException {
    // With an end mark the server needs no file of its own for it.
    tell("capa", "eof");
    tell("rdb-only", "1");
    DataInputStream in = server.send("SYNC");
    String length = announced(in);
    boolean isMarked = length.startsWith(UNTIL_MARK);
    System.err.printf(
        "SYNC sent to master, writing %s to '%s'%n",
        isMarked ? "bytes of bulk transfer until EOF marker" : length + " bytes", file);
    long bytes = write(in, length, standardOutput);
    System.err.println("Transfer finished with success after " + bytes + " bytes");
  }

  /** Servers that do not know what they are told do the same without. */
  private void tell(String what, String value) throws IOException {
    System.err.println("sending REPLCONF " + what + " " + value);
    if (server.call("REPLCONF", what, value) instanceof Reply.Failure failure) {
      System.err.println("REPLCONF " + what + " error: " + failure.message());
    }
  }

  /** Empty lines say that the server still prepares them. */
  private static String announced(DataInputStream in) throws IOException {
    int first = in.readByte();
    while (first == '\n') {
      first = in.readByte();
    }
    String line = Reply.line(in);
    if (first != '$') {
      throw new CliFailure("SYNC with master failed: " + (char) first + line);
    }
    return line;
  }

  private long write(DataInputStream in, String length, OutputStream standardOutput)
      throws IOException {
    if (file.equals("-")) {
      return copy(in, length, standardOutput);
    }
    Path target = Path.of(file).toAbsolutePath();
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      try (OutputStream out = Files.newOutputStream(target)) {
        return copy(in, length, out);
      }
    }
    Path unfinished =
        target.resolveSibling(
            target.getFileName() + ".unfinished-" + ProcessHandle.current().pid());
    unfinished.toFile().deleteOnExit();
    try (FileOutputStream out = new FileOutputStream(unfinished.toFile())) {
      long bytes = copy(in, length, out);
      out.getFD().sync();
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      return bytes;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static long copy(DataInputStream in, String length, OutputStream out) throws IOException {
    if (length.startsWith(UNTIL_MARK)) {
      byte[] mark = length.substring(UNTIL_MARK.length()).getBytes(ISO_8859_1);
      return untilMark(in, mark, out);
    }
    long expected = Long.parseLong(length);
    byte[] buffer = new byte[BUFFER_BYTES];
    for (long left = expected; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw endedEarly(expected - left);
      }
      out.write(buffer, 0, read);
      left -= read;
    }
    return expected;
  }

  /** The mark is what the last 40 bytes are; the server sends nothing after it for now. */
  private static long untilMark(DataInputStream in, byte[] mark, OutputStream out)
      throws IOException {
    byte[] held = new byte[BUFFER_BYTES + MARK_BYTES];
    int count = 0;
    long written = 0;
    while (true) {
      int read = in.read(held, count, held.length - count);
      if (read < 0) {
        throw endedEarly(written + count);
      }
      count += read;
      if (count < MARK_BYTES) {
        continue;
      }
      int safe = count - MARK_BYTES;
      out.write(held, 0, safe);
      written += safe;
      System.arraycopy(held, safe, held, 0, MARK_BYTES);
      count = MARK_BYTES;
      if (Arrays.equals(held, 0, MARK_BYTES, mark, 0, mark.length)) {
        out.flush();
        return written;
      }
    }
  }

  private static IOException endedEarly(long bytes) {
    return new IOException(
        "the server closed the connection after " + bytes + " bytes, before the end");
  }
}
