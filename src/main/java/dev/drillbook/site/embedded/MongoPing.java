package dev.drillbook.site.embedded;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * Asks a server whether it is there, by one message on a socket of its own. The driver would not
 * do: a refused connection makes it wait for half a second before it tries again.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/#op_msg">OP_MSG
 *     in MongoDB's wire protocol</a>
 */
final class MongoPing {
  private static final int OP_MSG = 2013;

  /** Length, request, response to, operation; then flags and the kind of the only section. */
  private static final int HEADER_BYTES = 16;

  private static final int BEFORE_DOCUMENT_BYTES = 5;
  private static final int MOST_BYTES = 1 << 20;

  private MongoPing() {}

  /**
   * Returns once the server on 127.0.0.1 has said "ok".
   *
   * @throws IOException if it does not, within {@code limit}
   */
  static void ask(int port, Duration limit) throws IOException {
    int millis = Math.toIntExact(limit.toMillis());
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
      socket.setSoTimeout(millis);
      socket.getOutputStream().write(message());
      BsonDocument answer = answer(new DataInputStream(socket.getInputStream()));
      if (!answer.isNumber("ok") || answer.getNumber("ok").intValue() != 1) {
        throw new IOException("it answers a ping with " + answer.toJson());
      }
    }
  }

  private static byte[] message() {
    BsonDocument ping =
        new BsonDocument("ping", new BsonInt32(1)).append("$db", new BsonString("admin"));
    ByteBuffer document =
        new RawBsonDocument(ping, new BsonDocumentCodec()).getByteBuffer().asNIO();
    int length = HEADER_BYTES + BEFORE_DOCUMENT_BYTES + document.remaining();
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(length)
        .putInt(1)
        .putInt(0)
        .putInt(OP_MSG)
        .putInt(0)
        .put((byte) 0)
        .put(document)
        .array();
  }

  private static BsonDocument answer(DataInputStream in) throws IOException {
    int length = Integer.reverseBytes(in.readInt());
    int before = HEADER_BYTES + BEFORE_DOCUMENT_BYTES;
    if (length <= before || length > MOST_BYTES) {
      throw new IOException("what answers is no MongoDB");
    }
    byte[] rest = new byte[length - Integer.BYTES];
    in.readFully(rest);
    int documentAt = before - Integer.BYTES;
    return new RawBsonDocument(rest, documentAt, rest.length - documentAt);
  }
}
