package dev.drillbook.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The append-only list of what happened in one drill. Stages append from any thread; meters and
 * checks read it afterwards. A listener sees every event as it is appended, for live progress; it
 * must not throw.
 */
public final class Timeline {
  private final DrillClock clock;
  private final UnaryOperator<String> clean;
  private final Consumer<Event> listener;
  private final List<Event> events = new ArrayList<>();

  public Timeline(DrillClock clock, Consumer<Event> listener) {
    this(clock, UnaryOperator.identity(), listener);
  }

  /** As above, with a function that blanks secrets out of the free text of events. */
  public Timeline(DrillClock clock, UnaryOperator<String> clean, Consumer<Event> listener) {
    this.clock = clock;
    this.clean = clean;
    this.listener = listener;
  }

  public DrillClock clock() {
    return clock;
  }

  public Tick now() {
    return clock.now();
  }

  public void append(Event appended) {
    Event event = cleaned(appended);
    synchronized (events) {
      events.add(event);
    }
    listener.accept(event);
  }

  private Event cleaned(Event event) {
    if (event instanceof Event.Noted noted) {
      return new Event.Noted(noted.at(), clean.apply(noted.text()));
    }
    if (event instanceof Event.StepEnded ended) {
      return new Event.StepEnded(
          ended.at(), ended.step(), ended.succeeded(), clean.apply(ended.detail()));
    }
    return event;
  }

  /** A short remark, stamped now. */
  public void note(String text) {
    append(new Event.Noted(now(), text));
  }

  /** All events so far, in the order in which they were appended. */
  public List<Event> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  /** The events of one kind so far, in order. */
  public <E extends Event> Stream<E> all(Class<E> kind) {
    return events().stream().filter(kind::isInstance).map(kind::cast);
  }

  /** The first event of one kind. */
  public <E extends Event> Optional<E> first(Class<E> kind) {
    return all(kind).findFirst();
  }
}
