package dev.drillbook.proxy;

import dev.drillbook.proxy.Chunk.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One direction of a connection: reads a socket, and sends what it read through its toxics. */
final class Direction {
  /** As much as the real server reads at once where there are toxics. */
  private static final int CHUNK_BYTES = 32 * 1024;

  private final EventLoop loop;
  private final Relay relay;
  private final Endpoint source;
  private final Outlet outlet;
  private final SplittableRandom random;
  private final List<Stage> stages = new ArrayList<>(0);
  private Timers.Timer timer;
  private boolean pumping;
  private boolean ended;

  Direction(
      EventLoop loop, Relay relay, Endpoint source, Endpoint target, SplittableRandom random) {
    this.loop = loop;
    this.relay = relay;
    this.source = source;
    this.outlet = new Outlet(relay, target);
    this.random = random;
  }

  Outlet outlet() {
    return outlet;
  }

  /** The source has data, has ended, or is dead. */
  void readable() {
    ByteBuffer buffer = loop.buffer();
    if (!stages.isEmpty()) {
      buffer.limit(CHUNK_BYTES);
    }
    int length;
    try {
      length = source.read(buffer);
    } catch (IOException e) {
      relay.broken(source);
      return;
    }
    if (length < 0) {
      end(Kind.END);
    } else if (length > 0 && stages.isEmpty()) {
      outlet.write(buffer.flip());
      awaitSource();
    } else if (length > 0) {
      long now = System.nanoTime();
      stages.get(0).take(Chunk.copyOf(buffer.flip(), now));
      pump();
    }
  }

  /** The target takes data again. */
  void writable() {
    outlet.flush();
    pump();
  }

  /** Nothing more will be read; toxics may hold the end back. */
  void end(Kind how) {
    if (ended && how == Kind.END) {
      return;
    }
    ended = true;
    entrance().take(Chunk.mark(how));
    pump();
  }

  void add(Toxic toxic) {
    Stage added = new Stage(toxic.name(), toxic.effect(random, System.nanoTime()), outlet);
    if (!stages.isEmpty()) {
      stages.get(stages.size() - 1).flowTo(added);
    }
    stages.add(added);
    pump();
  }

  void change(Toxic toxic) {
    for (Stage stage : stages) {
      if (stage.isOf(toxic)) {
        stage.become(toxic.effect(random, System.nanoTime()));
      }
    }
    pump();
  }

  void remove(Toxic toxic) {
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i).isOf(toxic)) {
        Stage removed = stages.remove(i);
        if (i > 0) {
          stages.get(i - 1).flowTo(i < stages.size() ? stages.get(i) : outlet);
        }
        removed.remove();
        break;
      }
    }
    pump();
  }

  /** Moves everything on that is due, and waits for what is next. */
  void pump() {
    if (pumping || !relay.isOpen()) {
      return;
    }
    pumping = true;
    long now = System.nanoTime();
    long wait = runStages(now);
    pumping = false;
    if (relay.isOpen()) {
      wakeAfter(wait, now);
      awaitSource();
    }
  }

  void cancelTimer() {
    if (timer != null) {
      loop.timers().cancel(timer);
      timer = null;
    }
  }

  private long runStages(long now) {
    long wait;
    boolean moved;
    do {
      wait = Effect.NEVER;
      moved = false;
      for (int i = 0; i < stages.size() && relay.isOpen(); i++) {
        wait = Math.min(wait, stages.get(i).run(now));
        moved |= stages.get(i).moved();
      }
    } while (moved && relay.isOpen());
    return wait;
  }

  private void wakeAfter(long waitNanos, long now) {
    if (waitNanos == Effect.NEVER || (timer != null && timer.dueNanos() - now <= waitNanos)) {
      return; // A timer that is too early costs one look; cancelling it costs a search.
    }
    cancelTimer();
    timer = loop.timers().at(now + waitNanos, this::wake);
  }

  private void wake() {
    try {
      timer = null;
      pump();
    } catch (RuntimeException defect) {
      relay.failed(defect);
    }
  }

  private void awaitSource() {
    source.await(SelectionKey.OP_READ, !ended && entrance().hasRoom());
  }

  private Sink entrance() {
    return stages.isEmpty() ? outlet : stages.get(0);
  }
}
