package dev.drillbook.physical;

import dev.drillbook.site.DataDirectory;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether every file is as the base backup's own manifest says, by {@code pg_verifybackup}. What is
 * in the WAL, recovery shows.
 */
final class ManifestCheck {
  private static final String SUBJECT = "backup manifest";
  private static final String EXPECTED = "every file is as the backup's manifest says";

  private ManifestCheck() {}

  static Optional<Finding> of(DataDirectory directory, Duration limit) throws InterruptedException {
    Transcript transcript = new Transcript(Set.of());
    try {
      directory
          .program(
              "pg_verifybackup",
              "--no-parse-wal",
              // Which is led into our own folder before anything is started.
              "--ignore=tablespace_map",
              directory.path().toString())
          .perform(transcript, limit);
      return Optional.empty();
    } catch (DrillException e) {
      List<String> complaints = transcript.errorLines();
      return Optional.of(
          complaints.isEmpty()
              ? Finding.unknown(SUBJECT, EXPECTED, e.problem(), e.hint())
              : Finding.fail(
                      SUBJECT,
                      EXPECTED,
                      complaints.size() == 1
                          ? complaints.get(0)
                          : complaints.size() + " complaints, such as " + complaints.get(0),
                      "the backup has changed since it was taken: check where it is stored, and the way there")
                  .withExamples(complaints));
    }
  }
}
