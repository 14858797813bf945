package dev.drillbook.fault;

import dev.drillbook.site.BackupFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The newest backup ends in the middle, as when the disk was full or the upload broke off. */
@About(
    kind = About.Kind.BACKUPS,
    does = "cuts the newest backup off somewhere",
    hits = "backups",
    needs = "a backup",
    bites = "the file is shorter")
public record TruncateBackup(BackupFiles backups) implements Fault {

  public static Fault truncateBackup(BackupFiles backups) {
    return new TruncateBackup(backups);
  }

  @Override
  public String name() {
    return "truncate the newest backup of " + backups.policy();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    Path newest = backups.newest().file();
    long size = sizeOf(newest);
    long left = size < 2 ? 0 : scene.chance().nextLong(1, size);
    return FileFault.inject(
        name(),
        List.of(newest + ": " + left + " of " + size + " bytes are left"),
        () -> {
          try (FileChannel channel = FileChannel.open(newest, StandardOpenOption.WRITE)) {
            channel.truncate(left);
          }
        },
        () ->
            Bite.of(
                left < size && sizeOf(newest) == left,
                newest + " has " + sizeOf(newest) + " bytes"));
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return -1;
    }
  }
}
