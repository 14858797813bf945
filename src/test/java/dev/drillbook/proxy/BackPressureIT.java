package dev.drillbook.proxy;

import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drillbook.proxy.Rig.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * What is sent and not received is in the kernel's buffers, or here: so the difference bounds both.
 */
class BackPressureIT {
  private static final long MEGABYTE = 1 << 20;
  private static final long TOTAL = 1024 * MEGABYTE;

  /** The kernel's buffers of four sockets, which grow to several megabytes each. */
  private static final long KERNEL = 40 * MEGABYTE;

  private final AtomicLong sent = new AtomicLong();

  @Test
  void aSlowReaderStopsTheSender() throws Exception {
    try (Rig rig = new Rig()) {
      Wire wire = rig.open();
      CompletableFuture<Void> sending = send(wire);
      stopsGrowing();
      assertThat(sent.get()).isBetween(1L, KERNEL);

      InputStream in = wire.client().getInputStream();
      byte[] buffer = new byte[1 << 20];
      long received = 0;
      long mostUnderWay = 0;
      int length;
      while ((length = in.read(buffer)) >= 0) {
        mostUnderWay = Math.max(mostUnderWay, sent.get() - received);
        received += length;
      }
      assertThat(received).isEqualTo(TOTAL);
      assertThat(mostUnderWay).isLessThan(KERNEL);
      sending.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void aToxicHoldsNoMoreThanItsQueue() throws Exception {
    try (Rig rig = new Rig()) {
      rig.proxy().toxics().latency("long", DOWNSTREAM, 3_600_000);
      rig.proxy().toxics().slicer("sliced", DOWNSTREAM, 100, 0);
      CompletableFuture<Void> sending = send(rig.open());
      stopsGrowing();
      assertThat(sent.get()).isBetween(MEGABYTE, KERNEL + 1024 * 32 * 1024);
      assertThat(sending).isNotDone();
    }
  }

  private void stopsGrowing() {
    AtomicLong last = new AtomicLong(-1);
    await()
        .pollInterval(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(20))
        .until(() -> sent.get() > 0 && last.getAndSet(sent.get()) == sent.get());
  }

  private CompletableFuture<Void> send(Wire wire) {
    return CompletableFuture.runAsync(
        () -> {
          byte[] chunk = new byte[1 << 16];
          try {
            while (sent.get() < TOTAL) {
              wire.server().getOutputStream().write(chunk);
              sent.addAndGet(chunk.length);
            }
            wire.server().shutdownOutput();
          } catch (IOException e) {
            // The test has ended without reading everything.
          }
        },
        task -> new Thread(task, "sender").start());
  }
}
