package dev.drillbook.verification;

import java.util.Arrays;

/**
 * What is best known of one key: which attempt took effect last, in the explanation of its row that
 * loses least, and which writes that explanation loses. Filled anew for one key after the other.
 *
 * <p>Explanations that fit equally well lose nested sets of writes, since each loses what was
 * invoked after a certain tick. So what the best of them loses is lost in all of them.
 */
final class Fate {

  /** How well an explanation fits, the best first. */
  enum Fit {
    /** The attempt took effect in the recovered system. */
    ANY_CUT,
    /** It was restored, by the cut that is sound for all keys. */
    THIS_CUT,
    /** Other keys prove, or the known recovery point says, that more must have been restored. */
    TOO_OLD,
    /** It was invoked after the known recovery point. */
    TOO_NEW,
    /** The recovered system acknowledged a later write to this key. */
    OVERTAKEN,
    /** No write explains the row. */
    UNEXPLAINED
  }

  private static final int CERTAIN = 0;
  private static final int UNCERTAIN = 1;

  private final Moments moments;
  private final long cut;
  private final int[] bestLast = new int[2];
  private final Fit[] bestFit = new Fit[2];
  private KeyHistory key;
  private int last;
  private Fit fit;

  /**
   * Fates under one cut.
   *
   * @param cut the latest that fits all keys, or all but those that are damaged
   */
  Fate(Moments moments, long cut) {
    this.moments = moments;
    this.cut = cut;
  }

  void findOf(KeyHistory history) {
    key = history;
    Arrays.fill(bestFit, Fit.UNEXPLAINED);
    Arrays.fill(bestLast, KeyHistory.NOTHING);
    for (int i = KeyHistory.NOTHING; i < history.size(); i++) {
      if (history.shows(i)) {
        weigh(i);
      }
    }
    int byFit = classOf(bestFit[UNCERTAIN]).compareTo(classOf(bestFit[CERTAIN]));
    choose(byFit < 0 ? UNCERTAIN : CERTAIN);
    if (byFit == 0 && fit != Fit.UNEXPLAINED) {
      long lostIfCertain = lost();
      choose(UNCERTAIN);
      if (lost() >= lostIfCertain) {
        choose(CERTAIN);
      }
    }
  }

  private void choose(int which) {
    last = bestLast[which];
    fit = bestFit[which];
  }

  private static Fit classOf(Fit fit) {
    return fit == Fit.ANY_CUT ? Fit.THIS_CUT : fit;
  }

  /** The later it was settled, the less it loses. */
  private void weigh(int attempt) {
    int which = attempt == KeyHistory.NOTHING || key.isAcknowledged(attempt) ? CERTAIN : UNCERTAIN;
    int byFit = fitOf(attempt).compareTo(bestFit[which]);
    if (byFit < 0 || (byFit == 0 && key.settled(attempt) > key.settled(bestLast[which]))) {
      bestFit[which] = fitOf(attempt);
      bestLast[which] = attempt;
    }
  }

  private Fit fitOf(int attempt) {
    if (key.fitsAnyCut(attempt)) {
      return Fit.ANY_CUT;
    }
    if (key.isOvertaken(attempt)) {
      return Fit.OVERTAKEN;
    }
    if (key.invoked(attempt) > moments.notAfter()) {
      return Fit.TOO_NEW;
    }
    boolean fits = key.invoked(attempt) <= cut && cut <= key.lastCut(attempt);
    return fits ? Fit.THIS_CUT : Fit.TOO_OLD;
  }

  private long lost() {
    long lost = 0;
    for (int i = 0; i < key.size(); i++) {
      lost += isLost(i) ? 1 : 0;
    }
    return lost;
  }

  Fit fit() {
    return fit;
  }

  /** The attempt that took effect last, or {@link KeyHistory#NOTHING}. */
  int last() {
    return last;
  }

  /** Whether an acknowledged write is gone. */
  boolean isLost(int attempt) {
    if (!key.isAcknowledged(attempt)) {
      return false;
    }
    long until = key.settled(last);
    return switch (fit) {
      case ANY_CUT -> isLostBefore(attempt);
      case THIS_CUT, TOO_OLD -> key.invoked(attempt) > Math.min(cut, until);
      case TOO_NEW -> key.invoked(attempt) > until;
      case OVERTAKEN ->
          moments.isAfterwards(key.invoked(attempt))
              ? key.invoked(attempt) > until
              : moments.mayBeAfterwards(until)
                  ? isLostBefore(attempt)
                  : key.invoked(attempt) > Math.min(cut, until);
      case UNEXPLAINED -> true;
    };
  }

  /** Neither restored nor possibly written to the recovered system. */
  private boolean isLostBefore(int attempt) {
    return key.invoked(attempt) > cut && !moments.mayBeAfterwards(key.settled(attempt));
  }
}
