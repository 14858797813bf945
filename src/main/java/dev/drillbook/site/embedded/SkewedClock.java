package dev.drillbook.site.embedded;

import dev.drillbook.site.Skewable.Skew;
import dev.drillbook.site.Undo;
import dev.drillbook.site.UndoJournal;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A clock of one process and its children, by libfaketime, which stands between them and the C
 * library. Durations are left alone: it is the time of day that is wrong.
 */
final class SkewedClock implements Skew {
  private static final String LIBRARY = "libfaketimeMT.so.1";

  /** Where packages put it: below a folder of the machine's kind, or not. */
  private static final List<String> FOLDERS =
      List.of("/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64");

  private final EmbeddedProcess target;
  private final Duration ahead;
  private final Path library;
  private final UndoJournal journal;
  private final List<Shared> shared = new ArrayList<>();

  /** What the library leaves in shared memory when its process is killed. */
  private record Shared(List<Path> files, UndoJournal.Entry entry) {}

  SkewedClock(EmbeddedProcess target, Duration ahead, UndoJournal journal) {
    this.target = target;
    this.ahead = ahead;
    if (!target.site.host().hasOurLibraries()) {
      throw new DrillException(
          target.name()
              + " cannot be given another clock: it is in a container, and its image need not have "
              + LIBRARY,
          "drill this fault on the embedded site; the machine's own clock is never set");
    }
    this.library =
        find()
            .orElseThrow(
                () ->
                    new DrillException(
                        target.name()
                            + " cannot be given another clock: there is no "
                            + LIBRARY
                            + " for it",
                        "install libfaketime (Linux), or drill another fault here; the machine's own clock is never set"));
    this.journal = journal;
  }

  private static Optional<Path> find() {
    return FOLDERS.stream().map(Path::of).flatMap(folder -> below(folder).stream()).findFirst();
  }

  private static List<Path> below(Path folder) {
    List<Path> candidates = new ArrayList<>(List.of(folder.resolve("faketime").resolve(LIBRARY)));
    try (DirectoryStream<Path> kinds = Files.newDirectoryStream(folder, "*-linux-*")) {
      kinds.forEach(kind -> candidates.add(kind.resolve("faketime").resolve(LIBRARY)));
    } catch (IOException noSuchFolder) {
      // Then it is not in it.
    }
    return candidates.stream().filter(Files::isRegularFile).toList();
  }

  /** What a process that is to see it needs in its environment. */
  Map<String, String> environment() {
    long seconds = ahead.toSeconds();
    return Map.of(
        "LD_PRELOAD",
        library.toString(),
        "FAKETIME",
        (seconds < 0 ? "" : "+") + seconds,
        // Two names: of old and of new releases.
        "DONT_FAKE_MONOTONIC",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1");
  }

  /** To be told of every process that was started with it. */
  void started(long pid) {
    Path memory = Path.of("/dev/shm");
    List<Path> files =
        List.of(memory.resolve("faketime_shm_" + pid), memory.resolve("sem.faketime_sem_" + pid));
    List<String> remove = new ArrayList<>(List.of("rm", "-f"));
    files.forEach(file -> remove.add(file.toString()));
    shared.add(
        new Shared(files, journal.write(new Undo.Run("the clock of " + target.name(), remove))));
  }

  @Override
  public boolean isSeen() {
    Running process = target.process;
    return process != null
        && process.handle().isPresent()
        && Signals.tree(process.handle().get()).stream().allMatch(this::hasLibrary);
  }

  /** One that is just ending has no memory any more, and sees no clock. */
  private boolean hasLibrary(ProcessHandle process) {
    try {
      String maps =
          Files.readString(
              Path.of("/proc", Long.toString(process.pid()), "maps"), StandardCharsets.UTF_8);
      return maps.isEmpty() || maps.contains(library.getFileName().toString());
    } catch (IOException unreadable) {
      return !Signals.isRunning(process);
    }
  }

  @Override
  public void end() {
    target.endSkew(this);
  }

  /** Takes away what it has left; its processes must have ended. */
  void remove() {
    for (Shared each : shared) {
      each.files().forEach(file -> file.toFile().delete());
      each.entry().done();
    }
    shared.clear();
  }
}
