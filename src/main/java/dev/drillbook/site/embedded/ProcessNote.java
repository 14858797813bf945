package dev.drillbook.site.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One line that names a process for good: its number, and when it was started, since numbers are
 * given again. The start is counted in clock ticks since a certain boot of the machine where the
 * kernel tells (proc(5), field 22 of stat), because an instant moves with corrections of the clock.
 */
final class ProcessNote {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /** The fields are counted from the third on: the second, a name, may hold spaces. */
  private static final int START_AFTER_NAME = 22 - 3;

  private ProcessNote() {}

  static String of(ProcessHandle process) {
    return process.pid() + " " + start(process);
  }

  /** The process of a note, if it still runs and is not another one that was given its number. */
  static Optional<ProcessHandle> find(String note) {
    if (!note.matches("\\d{1,18} \\S+")) {
      return Optional.empty(); // Its writer was killed while it wrote.
    }
    return ProcessHandle.of(Long.parseLong(note.substring(0, note.indexOf(' '))))
        .filter(process -> of(process).equals(note))
        .filter(Signals::isRunning);
  }

  private static String start(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return fields[START_AFTER_NAME] + "@" + Files.readString(BOOT).strip();
    } catch (IOException | IndexOutOfBoundsException noProcFileSystemOrGone) {
      return String.valueOf(process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }
  }
}
