package dev.drillbook.site.embedded;

import dev.drillbook.site.Disk;
import dev.drillbook.site.Undo;
import dev.drillbook.site.UndoJournal;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

  private final Path folder;
  private final UndoJournal journal;

  /** In force for as long as it is mounted, which is longer than it is full. */
  private UndoJournal.Entry mounted;

  SmallDisk(Path folder, UndoJournal journal) {
    this.folder = folder;
    this.journal = journal;
  }

  @Override
  public void shrink() {
    List<String> undo = List.of("umount", "-l", folder.toString());
    UndoJournal.Entry entry = journal.write(new Undo.Run("the small disk of " + folder, undo));
    Path aside = folder.resolveSibling(folder.getFileName() + ".aside");
    try {
      long bytes = size(folder) + ROOM_BYTES;
      Files.move(folder, aside);
      Files.createDirectory(folder);
      try {
        run(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "mode=0700,size=" + bytes,
            "drillbook",
            folder.toString());
      } catch (DrillException refused) {
        Files.delete(folder);
        Files.move(aside, folder);
        entry.done();
        throw new DrillException(
            "no small disk can be made here: " + refused.problem(),
            "it takes root, and a machine that lets root mount file systems: drill another fault elsewhere",
            refused);
      }
      mounted = entry;
      run("cp", "-a", aside + "/.", folder + "/");
      SiteFolder.deleteTree(aside);
    } catch (IOException e) {
      throw new DrillException(
          folder + " could not be moved to a small disk: " + e, "is there memory left?", e);
    }
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

  @Override
  public void extend() {
    if (isMounted()) {
      try {
        Files.deleteIfExists(folder.resolve(FILLER));
      } catch (IOException e) {
        throw new DrillException(
            folder.resolve(FILLER) + " could not be removed: " + e, "remove it by hand", e);
      }
      run("mount", "-o", "remount,size=" + EXTENDED_BYTES, folder.toString());
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
    return mounted != null && mountPoints().contains(folder.toString());
  }

  /** As in proc(5), field 5 of mountinfo. */
  private static List<String> mountPoints() {
    try {
      return Files.readAllLines(Path.of("/proc/self/mountinfo"), StandardCharsets.UTF_8).stream()
          .map(line -> line.split(" ", -1)[4])
          .toList();
    } catch (IOException noProcFileSystem) {
      return List.of();
    }
  }

  /** Takes it away with all that is on it. */
  void unmount() {
    if (isMounted()) {
      run("umount", "-l", folder.toString());
      mounted.done();
    }
  }

  private static void run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new DrillException(String.join(" ", command) + ": " + said, "may this user do so?");
      }
    } catch (IOException e) {
      throw new DrillException(command[0] + " cannot be run: " + e.getMessage(), "install it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException("interrupted", "run the drill again", e);
    }
  }
}
