package dev.drillbook.site.embedded.standin;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** The documents of a file, one after the other, each checked before it is passed on. */
final class BsonFile implements AutoCloseable {
  private static final int SMALLEST_BYTES = 5;

  /** The server's limit of 16 MiB, and what it leaves for itself beyond. */
  private static final int LARGEST_BYTES = 16 * 1024 * 1024 + 16 * 1024;

  private final Path file;
  private final InputStream in;
  private long position;

  BsonFile(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  /**
   * The next document; empty at the end.
   *
   * @throws ToolFailure if the file ends within one, or holds something else
   */
  Optional<RawBsonDocument> next() {
    byte[] length = bytes(Integer.BYTES);
    if (length.length == 0) {
      return Optional.empty();
    }
    if (length.length < Integer.BYTES) {
      throw damaged("it ends within a document");
    }
    int size = littleEndian(length);
    if (size < SMALLEST_BYTES || size > LARGEST_BYTES) {
      throw damaged("a document cannot have " + size + " bytes");
    }
    byte[] rest = bytes(size - Integer.BYTES);
    if (rest.length < size - Integer.BYTES) {
      throw damaged("it ends within a document");
    }
    byte[] document = new byte[size];
    System.arraycopy(length, 0, document, 0, Integer.BYTES);
    System.arraycopy(rest, 0, document, Integer.BYTES, rest.length);
    RawBsonDocument raw = new RawBsonDocument(document);
    check(raw);
    position += size;
    return Optional.of(raw);
  }

  private void check(RawBsonDocument document) {
    try {
      document.decode(new BsonDocumentCodec());
    } catch (RuntimeException e) {
      // The library has several kinds of exception for bytes that are no BSON.
      throw damaged("a document cannot be read: " + e.getMessage());
    }
  }

  private byte[] bytes(int count) {
    try {
      return in.readNBytes(count);
    } catch (EOFException e) {
      throw damaged("it ends too early");
    } catch (IOException e) {
      throw damaged(e.getMessage());
    }
  }

  private static int littleEndian(byte[] bytes) {
    return (bytes[0] & 0xFF)
        | (bytes[1] & 0xFF) << 8
        | (bytes[2] & 0xFF) << 16
        | (bytes[3] & 0xFF) << 24;
  }

  private ToolFailure damaged(String how) {
    return new ToolFailure(file + " is damaged or truncated at byte " + position + ": " + how);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
