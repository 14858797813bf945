package dev.drillbook.fault;

import dev.drillbook.site.BackupFiles;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;

/** One bit of the newest backup is flipped, as disks and memory without ECC do. */
@About(
    kind = About.Kind.BACKUPS,
    does = "flips one bit of the newest backup",
    hits = "backups",
    needs = "a backup",
    bites = "the byte is another")
public record FlipBit(BackupFiles backups) implements Fault {

  public static Fault flipBit(BackupFiles backups) {
    return new FlipBit(backups);
  }

  @Override
  public String name() {
    return "flip a bit of the newest backup of " + backups.policy();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    Path newest = backups.newest().file();
    try (RandomAccessFile file = new RandomAccessFile(newest.toFile(), "rw")) {
      if (file.length() == 0) {
        throw new DrillException(newest + " is empty: it has no bit", "take a backup first");
      }
      long at = scene.chance().nextLong(file.length());
      int bit = scene.chance().nextInt(Byte.SIZE);
      file.seek(at);
      int before = file.read();
      file.seek(at);
      file.write(before ^ 1 << bit);
      return ActiveFault.over(
          List.of(newest + ": bit " + bit + " of byte " + at),
          FileFault.looking(() -> look(newest, at, before)));
    } catch (IOException e) {
      throw new DrillException("could not " + name() + ": " + e, "check the files' owner", e);
    }
  }

  private static Bite look(Path newest, long at, int before) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(newest.toFile(), "r")) {
      file.seek(at);
      int now = file.read();
      return Bite.of(now >= 0 && now != before, "byte " + at + " was " + before + ", is " + now);
    }
  }
}
