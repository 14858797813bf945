package dev.drillbook.unpacking;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A store that takes its time, once it has come to a certain byte. */
final class SlowStream extends ByteArrayInputStream {
  private final int from;
  private final Duration delay;
  private boolean waited;

  SlowStream(byte[] bytes, int from, Duration delay) {
    super(bytes);
    this.from = from;
    this.delay = delay;
  }

  @Override
  public synchronized int read(byte[] into, int offset, int length) {
    if (pos < from) {
      return super.read(into, offset, Math.min(length, from - pos));
    }
    long until = waited ? System.nanoTime() : System.nanoTime() + delay.toNanos();
    for (long left; (left = until - System.nanoTime()) > 0; ) {
      LockSupport.parkNanos(left);
    }
    waited = true;
    return super.read(into, offset, length);
  }
}
