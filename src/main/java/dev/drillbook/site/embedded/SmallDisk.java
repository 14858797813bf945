package dev.drillbook.site.embedded;

import dev.drillbook.site.Disk;
import dev.drillbook.site.Undo;
import dev.drillbook.site.UndoJournal;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A folder that can be moved to a file system in memory (tmpfs) of a fixed size, mounted in its
 * place. The machine's own disk is never filled.
 */
final class SmallDisk implements Disk {
  private static final String FILLER = ".drillbook-filler";
  private static final long ROOM_BYTES = 24L << 20;
  private static final long EXTENDED_BYTES = 8L << 30;
  private static final int BLOCK = 8_192;
  private static final Duration MOUNTED_WITHIN = Duration.ofSeconds(10);
  private static final Duration COPIED_WITHIN = Duration.ofMinutes(10);

  private final Path folder;
  private final UndoJournal journal;
  private final Supplier<Optional<ProcessHandle>> server;

  /** In force for as long as it is mounted, which is longer than it is full. */
  private UndoJournal.Entry mounted;

  /**
   * Changes nothing yet.
   *
   * @param server the process that writes to the folder, where there is one
   */
  SmallDisk(Path folder, UndoJournal journal, Supplier<Optional<ProcessHandle>> server) {
    this.folder = folder;
    this.journal = journal;
    this.server = server;
  }

  @Override
  public void shrink() {
    try {
      if (isMounted()) {
        resize(size(folder) + ROOM_BYTES); // Mended after it was full: full once more.
      } else {
        replace(size(folder) + ROOM_BYTES);
      }
    } catch (IOException e) {
      throw new DrillException(
          folder + " could not be moved to a small disk: " + e, "is there memory left?", e);
    }
  }

  /** Puts a disk in the folder's place; whatever fails, the folder is as it was. */
  private void replace(long bytes) throws IOException {
    UndoJournal.Entry entry =
        journal.write(new Undo.Run("the small disk of " + folder, unmounting()));
    Path aside = folder.resolveSibling(folder.getFileName() + ".aside");
    boolean done = false;
    try {
      Files.move(folder, aside);
      Files.createDirectory(folder);
      mount(bytes);
      mounted = entry;
      Programs.run(List.of("cp", "-a", aside + "/.", folder + "/"), COPIED_WITHIN)
          .require("is there memory left?");
      done = true;
    } finally {
      if (!done) {
        unmount();
        if (Files.isDirectory(aside)) {
          Files.deleteIfExists(folder);
          Files.move(aside, folder);
        }
        entry.done();
      }
    }
    SiteFolder.deleteTree(aside);
  }

  private void mount(long bytes) {
    try {
      String options = "mode=0700,size=" + bytes;
      Programs.run(
              List.of("mount", "-t", "tmpfs", "-o", options, "drillbook", folder.toString()),
              MOUNTED_WITHIN)
          .require("may this user do so?");
    } catch (DrillException refused) {
      throw new DrillException(
          "no small disk can be made here: " + refused.problem(),
          "it takes root, and a machine that lets root mount file systems: drill another fault elsewhere",
          refused);
    }
  }

  private void resize(long bytes) {
    Programs.run(List.of("mount", "-o", "remount,size=" + bytes, folder.toString()), MOUNTED_WITHIN)
        .require("may this user do so?");
  }

  /** Where it is not there any more, there is nothing to do. */
  private List<String> unmounting() {
    return List.of(
        "sh", "-c", "umount -l \"$1\" || ! mountpoint -q \"$1\"", "drillbook", folder.toString());
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      // Every file takes whole pages.
      return files
          .filter(Files::isRegularFile)
          .mapToLong(f -> (f.toFile().length() / 4_096 + 1) * 4_096)
          .sum();
    }
  }

  @Override
  public void fill() {
    requireMounted();
    server.get().ifPresent(this::requireSeenBy);
    try (var filler =
        Files.newByteChannel(
            folder.resolve(FILLER),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND)) {
      ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
      while (true) {
        block.clear();
        filler.write(block);
      }
    } catch (IOException full) {
      // No space left on device: as it should be.
    }
  }

  private void requireMounted() {
    if (!isMounted()) {
      throw new DrillException(
          folder + " is on the machine's own disk", "that is never filled: shrink it first");
    }
  }

  /** A server in a container may have been given the machine's disk all the same. */
  private void requireSeenBy(ProcessHandle process) {
    Path mounts = Path.of("/proc", String.valueOf(process.pid()), "mountinfo");
    try (Stream<String> all = Files.lines(mounts)) {
      if (all.noneMatch(mount -> mount.split(" ", 6)[4].equals(folder.toString()))) {
        throw new DrillException(
            "the server does not see the small disk at " + folder + ": it goes on with its own",
            "the engine keeps its mounts to itself: drill another fault here, or this one on the embedded site");
      }
    } catch (IOException e) {
      throw new DrillException(
          mounts + " cannot be read, and so it is unknown which disk the server has: " + e,
          "did the server end?",
          e);
    }
  }

  @Override
  public void extend() {
    if (isMounted()) {
      try {
        Files.deleteIfExists(folder.resolve(FILLER));
      } catch (IOException e) {
        throw new DrillException(
            folder.resolve(FILLER) + " could not be removed: " + e, "remove it by hand", e);
      }
      resize(EXTENDED_BYTES);
    }
  }

  @Override
  public boolean isFull() {
    Path look = folder.resolve(".drillbook-look");
    try {
      Files.write(look, new byte[BLOCK]);
      return false;
    } catch (IOException full) {
      return String.valueOf(full.getMessage()).contains("No space left");
    } finally {
      look.toFile().delete();
    }
  }

  private boolean isMounted() {
    return mounted != null
        && Programs.run(List.of("mountpoint", "-q", folder.toString()), MOUNTED_WITHIN).isGood();
  }

  /** Takes it away with all that is on it. */
  void unmount() {
    if (mounted != null) {
      Programs.run(unmounting(), MOUNTED_WITHIN).require("may this user do so?");
      mounted.done();
      mounted = null;
    }
  }
}
