package dev.drillbook.physical;

import dev.drillbook.site.Command;
import dev.drillbook.site.DataDirectory;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for tablespaces that WAL would make. Replaying one makes a link to the place that it had on
 * its server's machine (create_tablespace_directories in tablespace.c) and writes there; on that
 * machine, it would be the server's own files.
 *
 * @param folder holds the segments
 */
record TablespaceGuard(DataDirectory directory, Path folder) {
  private static final Duration WITHIN = Duration.ofHours(1);

  private static final Pattern END_OF_THE_LOG =
      Pattern.compile(
          "pg_waldump: (?:error|fatal): (?:error in WAL record|could not find a valid record)");

  private static final Pattern CREATE = Pattern.compile("desc: CREATE \\d+ \"(/[^\"]*)");

  /**
   * @param segments in order
   * @throws CannotRestoreHere if there is one
   */
  void look(List<WalName> segments, long segmentBytes) throws InterruptedException {
    for (int first = 0; first < segments.size(); ) {
      int last = first;
      while (last + 1 < segments.size()
          && follows(segments.get(last), segments.get(last + 1), segmentBytes)) {
        last++;
      }
      look(segments.get(first), segments.get(last));
      first = last + 1;
    }
  }

  private static boolean follows(WalName one, WalName next, long segmentBytes) {
    return one.timeline() == next.timeline()
        && one.number(segmentBytes) + 1 == next.number(segmentBytes);
  }

  private void look(WalName first, WalName last) throws InterruptedException {
    Transcript transcript = new Transcript(Set.of());
    Command reads =
        directory.program(
            "pg_waldump",
            "--rmgr=Tablespace",
            "--path=" + folder,
            first.toString(),
            last.toString());
    try {
      reads.perform(transcript, WITHIN);
    } catch (DrillException e) {
      // It ends with an error where no record follows; so does recovery, and no later.
      if (transcript.find(Transcript.Stream.ERR, END_OF_THE_LOG).isEmpty()) {
        throw new CannotRestoreHere(
            "its WAL could not be looked through for tablespaces: " + e.problem(), e.hint(), e);
      }
    }
    for (String line : transcript.find(Transcript.Stream.OUT, CREATE)) {
      Matcher matcher = CREATE.matcher(line);
      if (matcher.find()) {
        throw new CannotRestoreHere(
            "its WAL makes a tablespace at %s, which recovery would write to"
                .formatted(matcher.group(1).replaceAll("\\P{Print}", "?")),
            "it was not restored; take a base backup now that the tablespace is there, and check that");
      }
    }
  }
}
