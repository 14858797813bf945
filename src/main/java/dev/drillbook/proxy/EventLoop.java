package dev.drillbook.proxy;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The one thread that does all input and output, with its timers. Everything that belongs to a
 * connection is touched by this thread alone; others hand it tasks.
 */
final class EventLoop implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 * 1024;

  /** The selector's timeout is in whole milliseconds; what is due sooner is waited for in naps. */
  private static final long SELECTABLE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private final Selector selector;
  private final Timers timers = new Timers();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final List<Runnable> answers = new ArrayList<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile Throwable defect;

  /** What is attached to a selection key. */
  interface Ready {
    void ready(SelectionKey key);
  }

  EventLoop() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = new Thread(this::run, "drillbook-proxy");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** For reading into; what a handler leaves in it is gone. */
  ByteBuffer buffer() {
    return buffer.clear();
  }

  Timers timers() {
    return timers;
  }

  SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, operations, ready);
  }

  /** Runs a task on the loop's thread, soon. It is dropped where the loop has ended. */
  void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /**
   * Runs a task on the loop's thread and waits for its result. What the task closed is closed by
   * then, ports included.
   */
  <T> T call(Supplier<T> task) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    execute(
        () -> {
          try {
            T result = task.get();
            answers.add(() -> answer.complete(result));
          } catch (RuntimeException | Error e) {
            answers.add(() -> answer.completeExceptionally(e));
          }
        });
    while (true) {
      try {
        return answer.get(100, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (!thread.isAlive() && !answer.isDone()) {
          throw new DrillException("the fault proxy has ended", "start another one", defect);
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DrillException(
            "interrupted while the fault proxy carried out a command",
            "what the command was to change may be changed or not",
            e);
      }
    }
  }

  private void run() {
    try (selector) {
      while (!closed) {
        runTasks();
        timers.fire(System.nanoTime());
        await();
      }
      runTasks();
    } catch (IOException | RuntimeException | Error e) {
      defect = e;
    }
  }

  private void runTasks() {
    Runnable task;
    while ((task = tasks.poll()) != null) {
      try {
        task.run();
      } catch (RuntimeException e) {
        Defects.note(e);
      }
    }
    if (!answers.isEmpty()) {
      releaseClosed();
      answers.forEach(Runnable::run);
      answers.clear();
    }
  }

  /** A selector really closes what was closed, ports included, only when it selects again. */
  void releaseClosed() {
    try {
      selector.selectNow(EventLoop::dispatch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await() throws IOException {
    if (!tasks.isEmpty() || closed) {
      return;
    }
    if (timers.isEmpty()) {
      selector.select(EventLoop::dispatch);
      return;
    }
    long left = timers.untilNextNanos(System.nanoTime());
    if (left >= SELECTABLE_NANOS) {
      selector.select(EventLoop::dispatch, TimeUnit.NANOSECONDS.toMillis(left));
    } else if (selector.selectNow(EventLoop::dispatch) == 0 && left > 0) {
      LockSupport.parkNanos(Math.min(left, NAP_NANOS));
    }
  }

  private static void dispatch(SelectionKey key) {
    if (key.isValid()) {
      ((Ready) key.attachment()).ready(key);
    }
  }

  boolean isRunning() {
    return thread.isAlive();
  }

  /** Ends the thread. What is registered must have been closed before, by a task. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
