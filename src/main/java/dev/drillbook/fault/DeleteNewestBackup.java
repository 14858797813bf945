package dev.drillbook.fault;

import dev.drillbook.site.BackupFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The newest backup is gone, as after a clean-up job with a wrong pattern. */
@About(
    kind = About.Kind.BACKUPS,
    does = "deletes the newest backup",
    hits = "backups",
    needs = "a backup",
    bites = "the file is gone")
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
    Path newest = backups.newestFirst().get(0);
    return FileFault.inject(
        name(),
        List.of(newest.toString()),
        () -> Files.delete(newest),
        () ->
            Bite.of(
                Files.notExists(newest),
                newest + (Files.exists(newest) ? " is there" : " is gone")));
  }
}
