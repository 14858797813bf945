package dev.drillbook.verification;

/** The kinds of damage that no recovery point excuses, in the order in which they are reported. */
enum Damage {
  HOLE(
      "holes",
      "no acknowledged write is missing from before the recovery point",
      "the restore lost rows that the backup must have held: compare backup and store"),
  STALE(
      "stale versions",
      "no row is older than the recovery point",
      "the restore mixed states of different moments: is it one backup, and all of it?"),
  PHANTOM(
      "phantom rows",
      "nothing is there that the recovery point does not hold",
      "the restore mixed in rows from elsewhere: was the target empty, and is it one backup?"),
  DUPLICATE(
      "duplicates",
      "every key stands once",
      "were rows restored twice, or a unique index left out?"),
  ALTERED(
      "altered rows",
      "every row is as a client wrote it",
      "the restore, or something after it, changed data"),
  RESURRECTED(
      "resurrected rows",
      "what was deleted before the recovery point stays deleted",
      "the restore mixed states of different moments"),
  LOST_AFTERWARDS(
      "writes lost after the recovery",
      "what the recovered system acknowledged is there",
      "clients were let in before the restore was complete, or the recovered store is not durable");

  private final String plural;
  private final String expected;
  private final String hint;

  Damage(String plural, String expected, String hint) {
    this.plural = plural;
    this.expected = expected;
    this.hint = hint;
  }

  String plural() {
    return plural;
  }

  String expected() {
    return expected;
  }

  String hint() {
    return hint;
  }
}
