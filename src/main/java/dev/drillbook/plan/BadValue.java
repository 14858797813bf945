package dev.drillbook.plan;

/** A text is no value of the type that was asked for. */
final class BadValue extends Exception {
  private static final long serialVersionUID = 1L;

  private final String hint;

  /**
   * @param found what is wrong, as the end of "'key' is 'text', ..."
   */
  BadValue(String found, String hint) {
    super(found);
    this.hint = hint;
  }

  String hint() {
    return hint;
  }
}
