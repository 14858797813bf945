package dev.drillbook.proxy;

import dev.drillbook.proxy.Refusal.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A listening port. */
final class Listener {
  private static final int BACKLOG = 4096;

  /** So many are accepted before others have their turn. */
  private static final int AT_ONCE = 64;

  /** How long nobody is accepted after the process ran out of file descriptors, for example. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final EventLoop loop;
  private final ServerSocketChannel channel;
  private final Consumer<SocketChannel> accepted;

  private Listener(EventLoop loop, ServerSocketChannel channel, Consumer<SocketChannel> accepted) {
    this.loop = loop;
    this.channel = channel;
    this.accepted = accepted;
  }

  static Listener open(EventLoop loop, Address address, Consumer<SocketChannel> accepted) {
    InetSocketAddress resolved = address.resolved();
    ServerSocketChannel channel = null;
    try {
      channel = ServerSocketChannel.open();
      channel.bind(resolved, BACKLOG);
      Listener listener = new Listener(loop, channel, accepted);
      loop.register(channel, SelectionKey.OP_ACCEPT, listener::acceptable);
      return listener;
    } catch (IOException e) {
      close(channel);
      throw new Refusal(Reason.FAILED, "cannot listen on " + address + ": " + e.getMessage());
    }
  }

  int port() {
    return channel.socket().getLocalPort();
  }

  void close() {
    close(channel);
  }

  private void acceptable(SelectionKey key) {
    try {
      for (int i = 0; i < AT_ONCE && channel.isOpen(); i++) {
        SocketChannel socket = channel.accept();
        if (socket == null) {
          return;
        }
        handOver(socket);
      }
    } catch (IOException e) {
      key.interestOps(0);
      loop.timers().at(System.nanoTime() + PAUSE_NANOS, () -> resume(key));
    }
  }

  private void handOver(SocketChannel socket) {
    try {
      accepted.accept(socket);
    } catch (RuntimeException defect) {
      Defects.note(defect);
      close(socket);
    }
  }

  private static void resume(SelectionKey key) {
    if (key.isValid()) {
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  static void close(java.nio.channels.Channel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // It is gone either way.
      }
    }
  }
}
