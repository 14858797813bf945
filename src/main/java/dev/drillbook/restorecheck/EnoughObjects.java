package dev.drillbook.restorecheck;

import dev.drillbook.snapshot.StoreImage;
import dev.drillbook.timeline.Finding;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;
import java.util.List;

/**
 * There are as many objects as the plan says there must be at least.
 *
 * @param minimum of all buckets together
 */
record EnoughObjects(long minimum) implements Check {

  @Override
  public String name() {
    return "object count";
  }

  @Override
  public Examined examine(Evidence evidence) {
    long count =
        evidence.stores().stream()
            .flatMap(stored -> stored.restored().stream())
            .mapToLong(StoreImage::count)
            .sum();
    return new Examined(
        count + " objects, at least " + minimum + " by the plan",
        1,
        count >= minimum
            ? List.of()
            : List.of(
                Finding.fail(
                    name(),
                    "at least " + minimum + " objects",
                    count + " objects",
                    "is the backup complete, and is it the right one?")));
  }
}
