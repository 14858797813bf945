package dev.drillbook.fault;

import dev.drillbook.site.BackupFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The newest backup is gone, as after a clean-up job with a wrong pattern. */
@About(
    kind = About.Kind.BACKUPS,
    does = "deletes the newest backup, with what belongs to it",
    hits = "backups",
    needs = "a backup",
    bites = "its files are gone")
public record DeleteNewestBackup(BackupFiles backups) implements Fault {

  public static Fault deleteNewestBackup(BackupFiles backups) {
    return new DeleteNewestBackup(backups);
  }

  @Override
  public String name() {
    return "delete the newest backup of " + backups.policy();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    List<Path> newest = backups.newest().files();
    return FileFault.inject(
        name(),
        newest.stream().map(Path::toString).toList(),
        () -> {
          for (Path file : newest) {
            Files.delete(file);
          }
        },
        () -> {
          long left = newest.stream().filter(Files::exists).count();
          return Bite.of(left == 0, left + " of " + newest.size() + " files are there");
        });
  }
}
