package dev.drillbook.restorecheck;

import dev.drillbook.plan.RestoreCheck.Format;
import dev.drillbook.site.Store;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.Finding;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An empty store that a backup is brought into, and what can be looked at afterwards. */
interface StoreUnderCheck {

  /** The store itself. */
  Store store();

  /** How many bytes it holds, as the store counts them. */
  long bytes() throws Exception;

  /**
   * Brings a backup into it with the standard tool.
   *
   * @param transcript what the tool prints goes there
   * @return what is missing although the tool may be content; what it printed is judged elsewhere
   * @throws dev.drillbook.timeline.DrillException if the tool fails, or there is none for the
   *     format
   */
  List<Finding> restore(Format format, Path backup, Transcript transcript, Duration limit)
      throws Exception;

  /** What it holds now, for checks. */
  Evidence evidence() throws Exception;

  /** What to look at. */
  List<Check> checks(Instant takenAt);

  /** What the restore has told that is worth knowing and turns nothing red. */
  default List<String> notes() {
    return List.of();
  }
}
