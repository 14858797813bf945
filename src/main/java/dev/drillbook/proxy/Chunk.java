package dev.drillbook.proxy;

import java.nio.ByteBuffer;

/** Bytes on their way through a direction, or the mark that says how it ends. */
final class Chunk {
  /** What a chunk says. */
  enum Kind {
    DATA,
    /** Nothing follows; the other direction goes on. */
    END,
    /** A toxic cuts the connection. */
    CUT,
    /** The connection ends as a reset. */
    RESET
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Kind kind;
  private final ByteBuffer bytes;
  private long sinceNanos;

  private Chunk(Kind kind, ByteBuffer bytes, long sinceNanos) {
    this.kind = kind;
    this.bytes = bytes;
    this.sinceNanos = sinceNanos;
  }

  /** A copy of what remains in a buffer, which is consumed. */
  static Chunk copyOf(ByteBuffer source, long sinceNanos) {
    ByteBuffer copy = ByteBuffer.allocate(source.remaining());
    copy.put(source).flip();
    return new Chunk(Kind.DATA, copy, sinceNanos);
  }

  static Chunk mark(Kind kind) {
    return new Chunk(kind, NOTHING, 0);
  }

  Kind kind() {
    return kind;
  }

  boolean isData() {
    return kind == Kind.DATA;
  }

  ByteBuffer bytes() {
    return bytes;
  }

  int length() {
    return bytes.remaining();
  }

  /** When it would be here without delay: when it was read, plus what toxics have delayed it by. */
  long sinceNanos() {
    return sinceNanos;
  }

  void delayedTo(long nanos) {
    sinceNanos = nanos;
  }

  /** Splits the first bytes off; this chunk keeps the rest. */
  Chunk split(int length) {
    ByteBuffer first = bytes.duplicate();
    first.limit(first.position() + length);
    bytes.position(bytes.position() + length);
    return new Chunk(kind, first, sinceNanos);
  }
}
