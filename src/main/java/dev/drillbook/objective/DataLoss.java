package dev.drillbook.objective;

import java.time.Duration;
import java.util.Optional;

/**
 * How far back the recovery threw the system.
 *
 * @param actual fault − acknowledgement of the oldest lost write; zero where none was lost, empty
 *     where the writes could not be judged
 * @param worstCase what the plan's schedule allows to be lost in the worst moment: its longest gap
 *     between recovery points and the time to take a backup; empty where the scenario restores from
 *     none
 * @param backupTook the measured time to take the backup, part of {@code worstCase}
 */
public record DataLoss(
    Optional<Duration> actual, Optional<Duration> worstCase, Optional<Duration> backupTook) {}
