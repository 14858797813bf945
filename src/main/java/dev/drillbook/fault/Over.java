package dev.drillbook.fault;

import java.util.List;
import java.util.function.Supplier;

/** A fault that leaves nothing in force behind. */
record Over(List<String> hit, Supplier<Bite> look) implements ActiveFault {

  @Override
  public Bite bite() {
    return look.get();
  }

  @Override
  public boolean isInForce() {
    return false;
  }

  @Override
  public void close() {
    // What is over needs no healing.
  }
}
