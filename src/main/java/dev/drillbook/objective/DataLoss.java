package dev.drillbook.objective;

import java.time.Duration;
import java.util.Optional;

/**
 * How far back the recovery threw the system.
 *
 * @param actual fault − acknowledgement of the oldest lost write; zero where none was lost, empty
 *     where the writes could not be judged
 * @param worst what the schedules of the store's backups allow to be lost in the worst moment;
 *     empty where the scenario restores from none, or none of them promises any point
 * @param backupTook the measured time to take the backup, part of {@code worst}
 */
public record DataLoss(
    Optional<Duration> actual, Optional<WorstCase> worst, Optional<Duration> backupTook) {

  /** How much the worst moment can lose; empty also where that is everything. */
  public Optional<Duration> worstCase() {
    return worst.flatMap(WorstCase::loss);
  }
}
