package dev.drillbook.demo;

import java.time.Instant;

/** The text that explains the sample to whoever finds it. */
record Guide(Nights nights, long seed) {

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Sample backups

        Backups of a small web shop that does not exist, by a real PostgreSQL. They are as a nightly job and its purge have left them
        at %s (seed %d): %d of %d nights are kept, from %s to %s.

        ## Good

        A check must say PASS. It is the same shop in four forms, of which each has a plan.

        | catalogue | backups | plan | needs |
        |---|---|---|---|
        """
            .formatted(
                Catalogue.stamp(nights.newest()) + " UTC",
                seed,
                nights.kept().size(),
                nights.all().size(),
                day(nights.kept().get(0)),
                day(nights.newest())));
    for (Form form : Form.values()) {
      text.append(
          "| `%s/` | `*%s` | `plan/%s` | %s |\n"
              .formatted(
                  form.folder(), form.suffix(), form.plan(), String.join(", ", form.needs())));
    }
    text.append(
        """

        ## Bad

        Each catalogue has one thing wrong, which is with its newest backup unless said otherwise. A check must give the verdict, and at
        least one of its findings must contain the word. Files are linked to those of the good catalogues: do not write into them.

        | catalogue | what is wrong | verdict | word | plan |
        |---|---|---|---|---|
        """);
    for (BadBackup bad : BadBackup.values()) {
      text.append(
          "| `bad/%s/` | %s | %s | `%s` | `plan/%s` |\n"
              .formatted(bad.id(), bad.wrong(), bad.expected(), bad.word(), bad.form().plan()));
    }
    text.append(
        """

        Some try to do harm: to leave a file in `escaped/`. It must stay empty, whatever is done with them.

        pg_dump writes into each archive when it was really taken, and roles of the server that played the shop's are left out of
        the globals. All else is as it would have been then.
        """);
    return text.toString();
  }

  private static String day(Instant night) {
    return Catalogue.stamp(night).substring(0, 8);
  }
}
