package dev.drillbook.unpacking;

import dev.drillbook.timeline.DrillException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what comes out of a stage and the time it took, the stages before it included. A failure
 * of what it reads becomes one that names the stage, so that it is not taken for one of the next.
 */
final class Metered extends FilterInputStream {
  private final Trouble trouble;
  private final Budget.Watch watch;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong nanos = new AtomicLong();

  /** Says what it means that this stage could not go on. */
  @FunctionalInterface
  interface Trouble {
    DrillException at(long bytes, Exception failure);
  }

  Metered(InputStream in, Budget.Watch watch, Trouble trouble) {
    super(in);
    this.watch = watch;
    this.trouble = trouble;
  }

  long bytes() {
    return bytes.get();
  }

  long nanos() {
    return nanos.get();
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    int got = read(one, 0, 1);
    return got < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    long start = System.nanoTime();
    int got;
    try {
      got = in.read(buffer, offset, length);
    } catch (DrillException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Decoders meet hostile bytes with unchecked exceptions too.
      throw trouble.at(bytes(), e);
    } finally {
      nanos.addAndGet(System.nanoTime() - start);
    }
    if (got > 0) {
      watch.passed(bytes.addAndGet(got));
    }
    return got;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] scratch = new byte[(int) Math.min(8192, Math.max(count, 0))];
    return scratch.length == 0 ? 0 : Math.max(read(scratch, 0, scratch.length), 0);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
