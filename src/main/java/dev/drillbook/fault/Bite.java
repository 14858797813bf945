package dev.drillbook.fault;

/**
 * Whether a fault is in effect, as somebody sees it who looks from outside.
 *
 * @param bit whether it is
 * @param evidence what was seen
 */
public record Bite(boolean bit, String evidence) {

  static Bite of(boolean bit, String evidence) {
    return new Bite(bit, evidence);
  }
}
