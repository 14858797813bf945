package dev.drillbook.restorecheck;

import dev.drillbook.run.Machine;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.unpacking.Stage;
import dev.drillbook.verification.CheckResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the check of one backup came to.
 *
 * @param id of this check, not of the backup
 * @param backup the backup's id: its name in the catalogue; empty where none could be chosen
 * @param takenAt when it was taken
 * @param oldest when the oldest backup that is stored was taken; empty where there is none
 * @param storedBytes its size as it is stored
 * @param site where it was restored, e.g. "embedded"
 * @param components what played the store, with version
 * @param restoredBytes what the store held after the restore; empty where it was not measured
 * @param rows how many rows, documents or keys were restored
 * @param findings of policy, restore and checks alike, worst first
 * @param notes what is worth knowing and wrong with nothing
 * @param transcript what the restore printed
 */
public record RestoreCheckRecord(
    String id,
    String system,
    String policy,
    String backup,
    Optional<Instant> takenAt,
    Optional<Instant> oldest,
    long storedBytes,
    Instant startedAt,
    Duration took,
    Verdict verdict,
    String site,
    List<String> components,
    Machine machine,
    Optional<Long> restoredBytes,
    long rows,
    List<Stage> stages,
    List<CheckResult> checks,
    List<Finding> findings,
    List<String> notes,
    String transcript) {}
