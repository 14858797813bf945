package dev.drillbook.unpacking;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** What can be wrapped around a backup, told by the first bytes. */
enum Layer {
  GZIP,
  ZSTD,
  XZ,
  BZIP2,
  LZ4,
  GPG,
  AGE,
  OPENSSL,
  TAR;

  /** What {@code xz -9} needs is 65 MiB; twice that is what anybody may ask for. */
  private static final int XZ_MEMORY_KIB = 128 * 1024;

  /** Two to this power: 128 MiB, the most that {@code zstd -d} takes without being asked to. */
  private static final int ZSTD_WINDOW_LOG = 27;

  private static final Set<Layer> ENCRYPTION = Set.of(GPG, AGE, OPENSSL);

  /** The layer that these first bytes are of; empty where they are of none that is known. */
  static Optional<Layer> of(byte[] head) {
    return Arrays.stream(values()).filter(layer -> layer.begins(head)).findFirst();
  }

  /** What it is called in messages. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isEncryption() {
    return ENCRYPTION.contains(this);
  }

  String stage() {
    return isEncryption() ? Stage.DECRYPT : Stage.DECOMPRESS;
  }

  private boolean begins(byte[] head) {
    return switch (this) {
      case GZIP -> starts(head, 0x1f, 0x8b, 0x08);
      case ZSTD -> starts(head, 0x28, 0xb5, 0x2f, 0xfd);
      case XZ -> starts(head, 0xfd, '7', 'z', 'X', 'Z', 0);
      case BZIP2 -> starts(head, 'B', 'Z', 'h') && head.length > 9 && isBzip2Block(head);
      case LZ4 -> starts(head, 0x04, 0x22, 0x4d, 0x18);
      case GPG -> starts(head, "-----BEGIN PGP MESSAGE-----") || OpenPgp.begins(head);
      case AGE ->
          starts(head, "age-encryption.org/v1\n")
              || starts(head, "-----BEGIN AGE ENCRYPTED FILE-----");
      case OPENSSL -> starts(head, "Salted__") || starts(head, "U2FsdGVkX1");
      case TAR -> TarHeader.begins(head);
    };
  }

  /** A block's magic number, or that of the end of an empty file. */
  private static boolean isBzip2Block(byte[] head) {
    return (head[4] == 0x31 && head[5] == 0x41) || (head[4] == 0x17 && head[5] == 0x72);
  }

  /** What is below this layer, of those that this process takes off itself. */
  InputStream decompress(InputStream in) throws IOException {
    return switch (this) {
      case GZIP ->
          GzipCompressorInputStream.builder()
              .setInputStream(in)
              .setDecompressConcatenated(true)
              .get();
      case ZSTD -> new ZstdInputStreamNoFinalizer(in).setLongMax(ZSTD_WINDOW_LOG);
      case XZ ->
          XZCompressorInputStream.builder()
              .setInputStream(in)
              .setDecompressConcatenated(true)
              .setMemoryLimitKiB(XZ_MEMORY_KIB)
              .get();
      case BZIP2 -> new BZip2CompressorInputStream(in, true);
      case LZ4 -> new FramedLZ4CompressorInputStream(in, true);
      case GPG, AGE, OPENSSL, TAR -> throw new IllegalStateException(word() + " is no compression");
    };
  }

  private static boolean starts(byte[] head, String text) {
    byte[] start = text.getBytes(StandardCharsets.US_ASCII);
    return head.length >= start.length
        && Arrays.equals(head, 0, start.length, start, 0, start.length);
  }

  private static boolean starts(byte[] head, int... start) {
    if (head.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if ((head[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }

  /** What this failure of a decoder says, in words of its own where the library has none. */
  static String says(Throwable failure) {
    if (failure instanceof EOFException) {
      return "it ends too early";
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message.strip();
  }
}
