package dev.drillbook.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;

/** The end of a direction: writes to its socket, and keeps what the socket does not take yet. */
final class Outlet implements Sink {
  private final Relay relay;
  private final Endpoint target;
  private final ArrayDeque<Chunk> waiting = new ArrayDeque<>(0);
  private boolean ended;
  private boolean discarding;

  Outlet(Relay relay, Endpoint target) {
    this.relay = relay;
    this.target = target;
  }

  @Override
  public boolean hasRoom() {
    return waiting.isEmpty();
  }

  /** Whether the direction has ended in order. */
  boolean ended() {
    return ended;
  }

  /** Writes from a buffer that its owner will reuse; keeps a copy of the rest. */
  void write(ByteBuffer bytes) {
    if (discarding) {
      return;
    }
    try {
      target.write(bytes);
    } catch (IOException e) {
      relay.broken(target);
      return;
    }
    if (bytes.hasRemaining()) {
      waiting.add(Chunk.copyOf(bytes, 0));
      target.await(SelectionKey.OP_WRITE, true);
    }
  }

  @Override
  public void take(Chunk chunk) {
    waiting.add(chunk);
    if (waiting.size() == 1) {
      flush();
    }
  }

  /** Writes what the socket takes. */
  void flush() {
    try {
      while (!waiting.isEmpty() && deliver(waiting.element())) {
        waiting.poll();
      }
      target.await(SelectionKey.OP_WRITE, !waiting.isEmpty());
    } catch (IOException e) {
      relay.broken(target);
    }
  }

  /** Loses what waits and what comes: its socket is dead. */
  void discard() {
    discarding = true;
    waiting.clear();
  }

  private boolean deliver(Chunk chunk) throws IOException {
    switch (chunk.kind()) {
      case DATA -> {
        if (!discarding) {
          target.write(chunk.bytes());
          return chunk.length() == 0;
        }
      }
      case END -> end();
      case CUT -> relay.close();
      case RESET -> relay.reset();
    }
    return true;
  }

  private void end() throws IOException {
    ended = true;
    if (!discarding) {
      target.end();
    }
    relay.directionEnded();
  }
}
