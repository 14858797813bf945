package dev.drillbook.run;

/** A recovery was to be changed in a way that would make no difference to the drill. */
public final class DoesNotApply extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DoesNotApply(String change) {
    super(change + " makes no difference to this drill");
  }
}
