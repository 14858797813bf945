package dev.drillbook.fault;

import dev.drillbook.site.DataFiles;
import dev.drillbook.site.Redis;
import dev.drillbook.timeline.DrillException;
import java.util.Arrays;
import java.util.List;

/**
 * Some bytes in the middle of the file that Redis loads its keys from are noise. A running server
 * does not notice, and writes the file anew when it saves: so it must be down.
 */
@About(
    kind = About.Kind.CACHE,
    does = "overwrites 16 bytes of its RDB file with noise",
    hits = "Redis",
    needs = "it is down; an RDB file",
    bites = "the bytes are others")
public record CorruptRdb(Redis target) implements Fault {
  private static final int BYTES = 16;

  /** The magic word, the version, and the end mark with its checksum. */
  private static final int FRAME = 9 + 9;

  public static Fault corruptRdb(Redis target) {
    return new CorruptRdb(target);
  }

  @Override
  public String name() {
    return "corrupt the RDB file of " + target.name();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    Faults.requireDown(target, "and would write its RDB file anew");
    DataFiles files = target.files();
    String file = target.rdbFile().getFileName().toString();
    if (!files.list("").contains(file)) {
      throw new DrillException(
          target.name() + " has no RDB file",
          "does the plan let it persist, and has it been saved?");
    }
    long size = files.size(file);
    if (size < FRAME + BYTES) {
      throw new DrillException(file + " of " + target.name() + " holds no key", "write some first");
    }
    long at = scene.chance().nextLong(FRAME / 2, size - FRAME / 2 - BYTES + 1);
    byte[] before = files.read(file, at, BYTES);
    byte[] noise = new byte[BYTES];
    scene.chance().nextBytes(noise);
    files.write(file, at, noise);
    return ActiveFault.over(
        List.of(BYTES + " bytes from " + at + " on in " + file),
        () -> {
          byte[] now = files.read(file, at, BYTES);
          return Bite.of(
              Arrays.equals(now, noise) && !Arrays.equals(now, before), file + " holds noise");
        });
  }
}
