package dev.drillbook.unpacking;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A store that takes its time for the first byte. */
final class SlowStream extends ByteArrayInputStream {
  private long until;

  SlowStream(byte[] bytes, Duration delay) {
    super(bytes);
    until = System.nanoTime() + delay.toNanos() + 50_000_000;
  }

  @Override
  public synchronized int read(byte[] into, int offset, int length) {
    for (long left; (left = until - System.nanoTime()) > 0; ) {
      LockSupport.parkNanos(left);
    }
    until = System.nanoTime();
    return super.read(into, offset, length);
  }
}
