package dev.drillbook.fault;

import dev.drillbook.site.Undo;
import dev.drillbook.site.UndoJournal;
import java.util.List;
import java.util.function.Supplier;

/** A fault that lasts until it is healed. */
final class InForce implements ActiveFault {
  private final List<String> hit;
  private final Supplier<Bite> look;
  private final Runnable heal;
  private final UndoJournal.Entry undo;
  private boolean healed;

  private InForce(List<String> hit, Supplier<Bite> look, Runnable heal, UndoJournal.Entry undo) {
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
      Runnable heal) {
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

  @Override
  public List<String> hit() {
    return hit;
  }

  @Override
  public Bite bite() {
    return look.get();
  }

  @Override
  public boolean isInForce() {
    return true;
  }

  /** What could not be healed stays in the journal, for whoever cleans up. */
  @Override
  public synchronized void close() {
    if (!healed) {
      healed = true;
      heal.run();
      undo.done();
    }
  }
}
