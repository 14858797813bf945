package dev.drillbook.verification;

import dev.drillbook.timeline.Finding;
import dev.drillbook.workload.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** After all is said and done, one more real write goes through and reads back. */
public final class ServesWrites implements Check {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  public static Check servesWrites() {
    return new ServesWrites();
  }

  @Override
  public String name() {
    return "serves writes";
  }

  @Override
  public Examined examine(Evidence evidence) {
    String found;
    try {
      Optional<Operation> written = evidence.clients().insertOne("after-recovery", PATIENCE);
      if (written.isEmpty()) {
        found = "the write was not acknowledged";
      } else {
        Optional<String> read = evidence.clients().workload().read(written.get().key(), PATIENCE);
        if (read.equals(Optional.of(written.get().value()))) {
          return new Examined("one write and its read-back", 1, List.of());
        }
        found = "read back " + read.orElse("nothing") + " instead of " + written.get().value();
      }
    } catch (Exception e) {
      found = "the read-back failed: " + e;
    }
    Finding silent =
        Finding.fail(
            name(),
            "a write is acknowledged and reads back",
            found,
            "the service is not back: read the app's log");
    return new Examined("one write and its read-back", 1, List.of(silent));
  }
}
