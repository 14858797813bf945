package web;

import dev.drillbook.workload.Operation;
import dev.drillbook.workload.Workload;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Users who make things and, every so many times, change one of them instead, each once. */
public abstract class MadeThenChanged implements Workload {
  /** What the keys of a drill's own things begin with. */
  protected static final String PREFIX = "drill-";

  private final String thing;
  private final int changeEvery;
  private final Queue<Operation> changeable = new ConcurrentLinkedQueue<>();

  /**
   * @param thing what one of them is called in its key, e.g. "order"
   */
  protected MadeThenChanged(String thing, int changeEvery) {
    this.thing = thing;
    this.changeEvery = changeEvery;
  }

  @Override
  public final Operation next(long sequence) {
    Operation made = sequence % changeEvery == changeEvery - 1 ? changeable.poll() : null;
    return made == null ? make(thing + "-" + sequence, sequence) : change(made);
  }

  /** The write that makes the one numbered {@code sequence}. */
  protected Operation make(String tag, long sequence) {
    return insert(tag);
  }

  /** The write that changes what {@code made} made. */
  protected abstract Operation change(Operation made);

  /** Whether this one can be changed. */
  protected boolean isChangeable(Operation made) {
    return true;
  }

  /** Only what the schedule made is changed: a probe must find its own as it made it. */
  @Override
  public final void acknowledged(Operation operation) {
    if (operation.kind() == Operation.Kind.INSERT
        && operation.key().startsWith(PREFIX + thing + "-")
        && isChangeable(operation)) {
      changeable.add(operation);
    }
  }
}
