package dev.drillbook.fault;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/** A file of the same size, under the same name, with nothing but noise in it. */
@About(
    kind = About.Kind.BACKUPS,
    does = "overwrites a file with noise of its size",
    hits = "any file that the recovery relies on",
    needs = "a file that is not empty",
    bites = "the file holds the noise")
public record ReplaceByGarbage(Path file) implements Fault {
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
      long size = Files.size(file);
      if (size == 0) {
        throw new DrillException(file + " is empty", "name a file that holds something");
      }
      String before = hash();
      Noise noise = new Noise(scene.chance().nextLong(), size);
      try (InputStream garbage = noise.stream();
          OutputStream out =
              Files.newOutputStream(
                  file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
        garbage.transferTo(out);
      }
      return ActiveFault.over(
          List.of(file + ": " + size + " bytes"),
          FileFault.looking(() -> look(before, noise.sha256())));
    } catch (IOException e) {
      throw new DrillException("could not " + name() + ": " + e, "is it there, and ours?", e);
    }
  }

  private Bite look(String before, String noise) throws IOException {
    String now = hash();
    boolean noisy = now.equals(noise) && !now.equals(before);
    return Bite.of(noisy, file + (noisy ? " holds noise" : " holds no noise of ours"));
  }

  private String hash() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return DigestUtils.sha256Hex(in);
    }
  }
}
