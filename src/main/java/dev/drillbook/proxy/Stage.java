package dev.drillbook.proxy;

import dev.drillbook.proxy.Chunk.Kind;
import java.util.ArrayDeque;

/** A toxic's place in one direction of one connection: its queue, and the way on. */
final class Stage implements Sink {
  private final String toxic;
  private final ArrayDeque<Chunk> queue = new ArrayDeque<>(2);
  private Sink next;
  private Effect effect;
  private long passedBytes;
  private boolean moved;
  private boolean finished;

  Stage(String toxic, Effect effect, Sink next) {
    this.toxic = toxic;
    this.effect = effect;
    this.next = next;
  }

  boolean isOf(Toxic ordered) {
    return toxic.equals(ordered.name());
  }

  void flowTo(Sink sink) {
    next = sink;
  }

  void become(Effect other) {
    effect = other;
  }

  /** Lets the effect pass what is due, and returns in how many nanoseconds something more is. */
  long run(long nowNanos) {
    moved = false;
    return finished ? Effect.NEVER : effect.run(this, nowNanos);
  }

  /** Whether the last run took anything from the queue. */
  boolean moved() {
    return moved;
  }

  /** Ends the effect and passes on what it held. */
  void remove() {
    effect.removed(this);
    while (!queue.isEmpty() && !finished) {
      pass();
    }
  }

  @Override
  public boolean hasRoom() {
    return !finished && queue.size() < effect.capacity();
  }

  @Override
  public void take(Chunk chunk) {
    if (!finished) {
      queue.add(chunk);
    }
  }

  /** The oldest chunk, or null. */
  Chunk head() {
    return queue.peek();
  }

  boolean canPass() {
    return next.hasRoom();
  }

  /** Passes the head on. */
  void pass() {
    send(drop());
  }

  /** Passes the head's first bytes on. */
  void passFirst(int length) {
    if (length == head().length()) {
      pass();
    } else if (length > 0) {
      moved = true;
      send(head().split(length));
    }
  }

  /** Takes the head away for good. */
  Chunk drop() {
    moved = true;
    return queue.remove();
  }

  /** Ends the connection; whatever is or comes into the queue is lost. */
  void finish(Kind how) {
    moved = true;
    finished = true;
    queue.clear();
    next.take(Chunk.mark(how));
  }

  /** What has gone through since the toxic was added. */
  long passedBytes() {
    return passedBytes;
  }

  private void send(Chunk chunk) {
    passedBytes += chunk.length();
    next.take(chunk);
  }
}
