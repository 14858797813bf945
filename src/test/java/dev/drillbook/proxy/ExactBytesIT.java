package dev.drillbook.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.proxy.Rig.Wire;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.ToxicList;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several connections at once, both directions each, hashed at both ends. */
class ExactBytesIT {
  private static final int CONNECTIONS = 6;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig();
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
    threads.shutdownNow();
  }

  @Test
  void withoutToxics() throws Exception {
    exchange(20_000_000, () -> {});
  }

  @Test
  void throughAChainOfToxics() throws Exception {
    ToxicList toxics = rig.proxy().toxics();
    for (ToxicDirection stream : ToxicDirection.values()) {
      toxics.latency("latency-" + stream, stream, 5).setJitter(5);
      toxics.slicer("slicer-" + stream, stream, 5_000, 10).setSizeVariation(4_999);
      toxics.bandwidth("bandwidth-" + stream, stream, 20_000);
      toxics.slowClose("close-" + stream, stream, 50);
    }
    exchange(1_000_000, () -> {});
  }

  @Test
  void whileToxicsComeAndGo() throws Exception {
    ToxicList toxics = rig.proxy().toxics();
    toxics.bandwidth("narrow-up", ToxicDirection.UPSTREAM, 4_000);
    toxics.bandwidth("narrow-down", ToxicDirection.DOWNSTREAM, 4_000);
    exchange(
        3_000_000,
        () -> {
          for (int i = 0; i < 10; i++) {
            ToxicDirection stream =
                i % 2 == 0 ? ToxicDirection.UPSTREAM : ToxicDirection.DOWNSTREAM;
            Latency latency = toxics.latency("latency", stream, 20);
            toxics.slicer("slicer", stream, 3_000, 100);
            latency.setLatency(40);
            latency.setToxicity(0.5f);
            latency.remove();
            toxics.get("slicer").remove();
          }
          toxics.get("narrow-up").remove();
          toxics.get("narrow-down").remove();
        });
  }

  private interface Meanwhile {
    void run() throws Exception;
  }

  private void exchange(long bytes, Meanwhile meanwhile) throws Exception {
    List<CompletableFuture<String>> sent = new ArrayList<>();
    List<CompletableFuture<String>> received = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Wire wire = rig.open();
      for (ToxicDirection stream : ToxicDirection.values()) {
        sent.add(Traffic.send(threads, wire.sender(stream), bytes, i));
        received.add(Traffic.receive(threads, wire.receiver(stream), i));
      }
    }
    meanwhile.run();
    for (int i = 0; i < sent.size(); i++) {
      assertThat(received.get(i).get(60, TimeUnit.SECONDS))
          .isEqualTo(sent.get(i).get(60, TimeUnit.SECONDS));
    }
  }
}
