package dev.drillbook.fault;

import dev.drillbook.timeline.DrillException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Several faults at the same time. If one cannot be injected, those that could are healed. */
@About(
    kind = About.Kind.COMPOSED,
    does = "injects faults at the same time; if one fails, the others are healed",
    hits = "any faults",
    undone = "as the faults, in reverse order",
    bites = "every one bit")
public record AtOnce(List<Fault> faults) implements Fault {

  public AtOnce {
    faults = List.copyOf(faults);
  }

  public static Fault atOnce(Fault... faults) {
    return new AtOnce(List.of(faults));
  }

  @Override
  public String name() {
    return faults.stream().map(Fault::name).collect(Collectors.joining(" and "));
  }

  @Override
  public ActiveFault inject(Scene scene) {
    ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, faults.size()));
    try {
      List<Future<ActiveFault>> injections = new ArrayList<>();
      for (Fault fault : faults) {
        // Drawn here, in order, so that which thread comes first changes nothing.
        Scene own = new Scene(new SplittableRandom(scene.chance().nextLong()), scene.journal());
        injections.add(threads.submit(() -> fault.inject(own)));
      }
      return gather(injections, threads);
    } finally {
      threads.shutdown();
    }
  }

  /** Whoever is interrupted waits on until it is known what there is to heal. */
  private static ActiveFault gather(List<Future<ActiveFault>> injections, ExecutorService threads) {
    List<ActiveFault> active = new ArrayList<>();
    RuntimeException failure = null;
    boolean interrupted = false;
    for (Future<ActiveFault> injection : injections) {
      while (true) {
        try {
          active.add(injection.get());
          break;
        } catch (ExecutionException e) {
          failure =
              e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e);
          break;
        } catch (InterruptedException e) {
          interrupted = true;
          failure = new DrillException("interrupted while faults were injected", "run it again", e);
          threads.shutdownNow();
        }
      }
    }
    Several several = new Several(active);
    try {
      if (failure != null) {
        several.close();
        throw failure;
      }
      return several;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** All of them, healed in reverse order even where one cannot be. */
  private record Several(List<ActiveFault> faults) implements ActiveFault {

    @Override
    public List<String> hit() {
      return faults.stream().flatMap(fault -> fault.hit().stream()).toList();
    }

    @Override
    public Bite bite() {
      List<Bite> bites = faults.stream().map(ActiveFault::bite).toList();
      return Bite.of(
          bites.stream().allMatch(Bite::bit),
          bites.stream().map(Bite::evidence).collect(Collectors.joining("; ")));
    }

    @Override
    public boolean isInForce() {
      return faults.stream().anyMatch(ActiveFault::isInForce);
    }

    @Override
    public void close() {
      RuntimeException failure = null;
      for (int i = faults.size() - 1; i >= 0; i--) {
        try {
          faults.get(i).close();
        } catch (RuntimeException e) {
          if (failure != null) {
            e.addSuppressed(failure);
          }
          failure = e;
        }
      }
      if (failure != null) {
        throw failure;
      }
    }
  }
}
