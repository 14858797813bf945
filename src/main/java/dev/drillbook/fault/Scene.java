package dev.drillbook.fault;

import dev.drillbook.site.UndoJournal;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What a fault works with besides its target.
 *
 * @param chance what is left to chance; the same for the same seed
 * @param journal where it says how it is undone, before it acts
 */
public record Scene(RandomGenerator chance, UndoJournal journal) {

  /**
   * The scene of one of a drill's faults. Each has chances of its own, so that a change to one
   * fault leaves what the others hit as it was.
   *
   * @param position of the fault among the drill's
   */
  public static Scene of(UndoJournal journal, long seed, int position) {
    SplittableRandom ofTheDrill = new SplittableRandom(seed);
    for (int earlier = 0; earlier < position; earlier++) {
      ofTheDrill.nextLong();
    }
    return new Scene(new SplittableRandom(ofTheDrill.nextLong()), journal);
  }
}
