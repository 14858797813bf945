package dev.drillbook.workload;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A store in memory whose answers a test decides. */
class FakeWorkload implements Workload {
  final Map<String, String> stored = new ConcurrentHashMap<>();
  final Queue<Operation> acknowledged = new ConcurrentLinkedQueue<>();

  /** What happens to a write before it is stored. */
  volatile Operation.Request onWrite = timeout -> {};

  /** What happens to a probe's write before it is stored; the same as to others by default. */
  volatile Operation.Request onProbe = timeout -> onWrite.send(timeout);

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Operation next(long sequence) {
    return write("write-" + sequence, timeout -> onWrite.send(timeout));
  }

  @Override
  public Operation insert(String tag) {
    return write(tag, timeout -> onProbe.send(timeout));
  }

  private Operation write(String key, Operation.Request request) {
    return new Operation(
        Operation.Kind.INSERT,
        key,
        "value of " + key,
        timeout -> {
          request.send(timeout);
          stored.put(key, "value of " + key);
        });
  }

  @Override
  public void acknowledged(Operation operation) {
    acknowledged.add(operation);
  }

  @Override
  public Optional<String> read(String key, Duration timeout) throws Exception {
    return Optional.ofNullable(stored.get(key));
  }

  @Override
  public void contents(Contents sink) {
    stored.forEach(sink::row);
  }
}
