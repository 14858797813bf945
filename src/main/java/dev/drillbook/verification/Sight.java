package dev.drillbook.verification;

/** How a kind of damage shows itself, and so how an example of it is told. */
enum Sight {
  LOST_PUT(Damage.HOLE),
  OLDER_VERSION(Damage.STALE),
  /** Known by the hash of its key. */
  NEVER_ATTEMPTED(Damage.PHANTOM),
  REFUSED(Damage.PHANTOM),
  TOO_NEW(Damage.PHANTOM),
  /** Known by the hash of its key. */
  DUPLICATE_STRANGER(Damage.DUPLICATE),
  DUPLICATE(Damage.DUPLICATE),
  ALTERED(Damage.ALTERED),
  LOST_DELETE(Damage.RESURRECTED),
  LOST_AFTERWARDS(Damage.LOST_AFTERWARDS);

  private final Damage damage;

  Sight(Damage damage) {
    this.damage = damage;
  }

  Damage damage() {
    return damage;
  }

  /** Whether it is known by the hash of its key and not by the id of an attempt. */
  boolean isOfStranger() {
    return this == NEVER_ATTEMPTED || this == DUPLICATE_STRANGER;
  }

  /** Whether its row must be read again to be told. */
  boolean needsRow() {
    return isOfStranger() || this == REFUSED || this == ALTERED;
  }
}
