package dev.drillbook.site;

/** The disk that a store's data is on. */
public interface Disk {

  /**
   * Puts the data on a small disk of its own, with next to no room left. The store must be down.
   *
   * @throws dev.drillbook.timeline.DrillException if this machine, or this user, cannot do so, with
   *     the reason; nothing has changed then
   */
  void shrink();

  /** Takes what room there is left. */
  void fill();

  /** Gives it room again, without touching the data; nothing where it was not shrunk. */
  void extend();

  /** Whether nothing can be written any more. */
  boolean isFull();
}
