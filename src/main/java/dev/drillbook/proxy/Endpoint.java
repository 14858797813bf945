package dev.drillbook.proxy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One of a relay's two sockets, and what is awaited of it. */
final class Endpoint {
  private final SocketChannel channel;
  private final SelectionKey key;
  private int awaited;

  Endpoint(EventLoop loop, SocketChannel channel, EventLoop.Ready ready) throws IOException {
    this.channel = channel;
    this.key = loop.register(channel, 0, ready);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  SocketChannel channel() {
    return channel;
  }

  /** What is awaited is changed only where it differs, as each change costs a system call. */
  void await(int operation, boolean wanted) {
    int changed = wanted ? awaited | operation : awaited & ~operation;
    if (changed != awaited && key.isValid()) {
      awaited = changed;
      key.interestOps(changed);
    }
  }

  int read(ByteBuffer buffer) throws IOException {
    return channel.read(buffer);
  }

  void write(ByteBuffer buffer) throws IOException {
    channel.write(buffer);
  }

  void end() throws IOException {
    channel.shutdownOutput();
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  /** Closes so that the other side sees a reset. */
  void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // Closed already, then.
    }
    close();
  }
}
