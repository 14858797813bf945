package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.site.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * Kills a store again and again while clients write, and holds what it then has against what it
 * acknowledged. Each client has keys of its own, so that it knows what each must be: the last value
 * that was acknowledged or, for one write that failed, perhaps the next.
 */
final class KilledUnderLoad {
  private static final int CLIENTS = 6;

  /** What the clients of one store do. */
  interface Keys extends AutoCloseable {
    void put(String key, String value, boolean isNew) throws Exception;

    void remove(String key) throws Exception;

    /** All that there is. */
    Map<String, String> contents() throws Exception;

    @Override
    void close();
  }

  /** Makes the clients' connection to a store that has just been started. */
  interface Connector {
    Keys connect();
  }

  /** What one client knows. */
  private static final class Client {
    final Map<String, String> acknowledged = new HashMap<>();
    final Map<String, Set<Optional<String>>> indeterminate = new HashMap<>();
    final RandomGenerator random;
    final int number;
    int sequence;

    Client(int number) {
      this.number = number;
      this.random = RandomGenerator.of("L64X128MixRandom");
    }

    void write(Keys keys, AtomicBoolean ended) {
      while (!ended.get()) {
        List<String> known = new ArrayList<>(acknowledged.keySet());
        int choice = random.nextInt(10);
        boolean isNew = choice < 3 || known.isEmpty();
        String key =
            isNew ? "client" + number + "-" + sequence++ : known.get(random.nextInt(known.size()));
        Optional<String> value =
            choice == 9 && !isNew
                ? Optional.empty()
                : Optional.of(("value-" + sequence++ + " ").repeat(1 + random.nextInt(40)));
        try {
          if (value.isPresent()) {
            keys.put(key, value.get(), isNew);
            acknowledged.put(key, value.get());
          } else {
            keys.remove(key);
            acknowledged.remove(key);
            indeterminate.put(key, Set.of(Optional.empty()));
          }
        } catch (Exception e) {
          Optional<String> before = Optional.ofNullable(acknowledged.remove(key));
          indeterminate.put(key, new HashSet<>(List.of(before, value)));
          return; // The store is dead.
        }
      }
    }
  }

  private final List<Client> clients = new ArrayList<>();

  KilledUnderLoad() {
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new Client(i));
    }
  }

  /** Kills {@code store} so many times; gives how many writes are acknowledged in the end. */
  int times(int kills, Store store, Connector connector) throws Exception {
    RandomGenerator random = RandomGenerator.getDefault();
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      for (int i = 0; i < kills; i++) {
        AtomicBoolean ended = new AtomicBoolean();
        try (Keys keys = connector.connect()) {
          List<Future<?>> running = new ArrayList<>();
          clients.forEach(client -> running.add(threads.submit(() -> client.write(keys, ended))));
          Thread.sleep(150 + random.nextInt(350));
          store.kill();
          ended.set(true);
          for (Future<?> each : running) {
            each.get(30, TimeUnit.SECONDS);
          }
        }
        store.start();
        try (Keys keys = connector.connect()) {
          compare("after kill " + (i + 1), keys.contents());
        }
      }
    } finally {
      threads.shutdownNow();
    }
    return clients.stream().mapToInt(client -> client.sequence).sum();
  }

  private void compare(String when, Map<String, String> found) {
    Map<String, String> left = new HashMap<>(found);
    for (Client client : clients) {
      client.acknowledged.forEach(
          (key, value) -> assertThat(left.remove(key)).as("%s: %s", when, key).isEqualTo(value));
      client.indeterminate.forEach(
          (key, values) ->
              assertThat(values)
                  .as("%s: %s, whose last write failed or which was deleted", when, key)
                  .contains(Optional.ofNullable(left.remove(key))));
    }
    assertThat(left).as("%s: what nobody wrote", when).isEmpty();
  }
}
