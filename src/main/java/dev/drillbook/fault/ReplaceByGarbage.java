package dev.drillbook.fault;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A file of the same size, under the same name, with nothing but noise in it. */
@About(
    kind = About.Kind.BACKUPS,
    does = "overwrites a file with noise of its size",
    hits = "any file that the recovery relies on",
    needs = "a file of up to 64 MiB",
    bites = "the file holds the noise")
public record ReplaceByGarbage(Path file) implements Fault {
  private static final int MOST_BYTES = 64 << 20;

  /** A backup, a key, a configuration file: whatever the recovery relies on. */
  public static Fault replaceByGarbage(Path file) {
    return new ReplaceByGarbage(file);
  }

  @Override
  public String name() {
    return "replace " + file.getFileName() + " by garbage";
  }

  @Override
  public ActiveFault inject(Scene scene) {
    try {
      byte[] before = Files.readAllBytes(file);
      if (before.length == 0 || before.length > MOST_BYTES) {
        throw new DrillException(
            file + " has " + before.length + " bytes", "name a file of 1 byte to 64 MiB");
      }
      byte[] garbage = new byte[before.length];
      scene.chance().nextBytes(garbage);
      Files.write(file, garbage);
      return ActiveFault.over(
          List.of(file + ": " + garbage.length + " bytes"),
          FileFault.looking(
              () ->
                  Bite.of(
                      Arrays.equals(Files.readAllBytes(file), garbage)
                          && !Arrays.equals(before, garbage),
                      file + " holds noise")));
    } catch (IOException e) {
      throw new DrillException("could not " + name() + ": " + e, "is it there, and ours?", e);
    }
  }
}
