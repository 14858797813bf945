package dev.drillbook.fault;

import dev.drillbook.site.Disturbance;
import dev.drillbook.site.Undo;
import dev.drillbook.site.UndoJournal;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A fault that lasts until it is healed. */
final class InForce implements ActiveFault {
  private final List<String> hit;
  private final Supplier<Bite> look;
  private final Heal heal;
  private final UndoJournal.Entry undo;
  private boolean healed;

  /** Takes a fault away. */
  interface Heal {

    /** Whether it is gone; false where its target is down and cannot be told. */
    boolean attempt();
  }

  private InForce(List<String> hit, Supplier<Bite> look, Heal heal, UndoJournal.Entry undo) {
    this.hit = List.copyOf(hit);
    this.look = look;
    this.heal = heal;
    this.undo = undo;
  }

  /**
   * Writes down how the fault is undone, and then lets it act. One that fails half-way is healed at
   * once.
   */
  static ActiveFault begin(
      UndoJournal journal,
      Undo undo,
      List<String> hit,
      Runnable act,
      Supplier<Bite> look,
      Heal heal) {
    UndoJournal.Entry entry = journal.write(undo);
    InForce fault = new InForce(hit, look, heal, entry);
    try {
      act.run();
      return fault;
    } catch (RuntimeException e) {
      try {
        fault.close();
      } catch (RuntimeException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e;
    }
  }

  /** The same, for one that ends with its site at the latest. */
  static ActiveFault begin(
      Scene scene,
      String what,
      List<String> hit,
      Runnable act,
      Supplier<Bite> look,
      Runnable heal) {
    return begin(
        scene.journal(),
        new Undo.EndWithSite(what),
        hit,
        act,
        look,
        () -> {
          heal.run();
          return true;
        });
  }

  /** The same, for one that is a disturbance of its target and nothing else. */
  static ActiveFault begin(
      Scene scene, String what, List<String> hit, Supplier<Disturbance> act, Supplier<Bite> look) {
    AtomicReference<Disturbance> disturbance = new AtomicReference<>(() -> {});
    return begin(
        scene, what, hit, () -> disturbance.set(act.get()), look, () -> disturbance.get().end());
  }

  @Override
  public List<String> hit() {
    return hit;
  }

  @Override
  public Bite bite() {
    return look.get();
  }

  @Override
  public synchronized boolean isInForce() {
    return !healed;
  }

  /** What could not be healed stays in the journal, for whoever cleans up. */
  @Override
  public synchronized void close() {
    if (!healed && heal.attempt()) {
      healed = true;
      undo.done();
    }
  }
}
