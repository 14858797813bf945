package dev.drillbook.proxy;

import dev.drillbook.proxy.Chunk.Kind;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** One accepted connection and the one to the upstream: two sockets, two directions. */
final class Relay {
  private final Endpoint client;
  private final Endpoint server;
  private final Direction upstream;
  private final Direction downstream;
  private final Consumer<Relay> afterwards;
  private boolean connected;
  private boolean closed;

  /** Begins to connect. Where this throws, both sockets are the caller's to close. */
  Relay(
      EventLoop loop,
      SocketChannel accepted,
      SocketChannel connecting,
      SplittableRandom random,
      Consumer<Relay> afterwards)
      throws IOException {
    this.afterwards = afterwards;
    client = new Endpoint(loop, accepted, this::clientReady);
    server = new Endpoint(loop, connecting, this::serverReady);
    upstream = new Direction(loop, this, client, server, random.split());
    downstream = new Direction(loop, this, server, client, random.split());
    server.await(SelectionKey.OP_CONNECT, true);
  }

  /** Where the upstream is on this machine the connection may be there at once. */
  void begin() {
    if (server.channel().isConnected()) {
      connected();
    }
  }

  Direction direction(StreamSide side) {
    return side == StreamSide.UPSTREAM ? upstream : downstream;
  }

  /** Whether both sockets are connected, and not closed. */
  boolean isOpen() {
    return connected && !closed;
  }

  /** A direction has ended in order; with the other one the connection has. */
  void directionEnded() {
    if (upstream.outlet().ended() && downstream.outlet().ended()) {
      close();
    }
  }

  /** A socket failed: what it had sent before is still delivered, and then a reset. */
  void broken(Endpoint dead) {
    Direction from = dead == client ? upstream : downstream;
    Direction to = dead == client ? downstream : upstream;
    to.outlet().discard();
    dead.await(SelectionKey.OP_READ | SelectionKey.OP_WRITE, false);
    from.end(Kind.RESET);
  }

  void close() {
    closeBy(Endpoint::close);
  }

  void reset() {
    closeBy(Endpoint::reset);
  }

  private void closeBy(Consumer<Endpoint> way) {
    if (!closed) {
      closed = true;
      List.of(upstream, downstream).forEach(Direction::cancelTimer);
      List.of(client, server).forEach(way);
      afterwards.accept(this);
    }
  }

  private void clientReady(SelectionKey key) {
    try {
      ready(key, upstream, downstream);
    } catch (RuntimeException defect) {
      failed(defect);
    }
  }

  private void serverReady(SelectionKey key) {
    try {
      if (key.isConnectable()) {
        connected();
      } else {
        ready(key, downstream, upstream);
      }
    } catch (RuntimeException defect) {
      failed(defect);
    }
  }

  /** A defect of ours costs this connection and no other. */
  void failed(RuntimeException defect) {
    Defects.note(defect);
    reset();
  }

  private void ready(SelectionKey key, Direction reading, Direction writing) {
    if (key.isWritable()) {
      writing.writable();
    }
    if (!closed && key.isReadable()) {
      reading.readable();
    }
  }

  private void connected() {
    try {
      server.channel().finishConnect();
    } catch (IOException e) {
      close();
      return;
    }
    server.await(SelectionKey.OP_CONNECT, false);
    connected = true;
    upstream.pump();
    downstream.pump();
  }
}
