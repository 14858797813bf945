package dev.drillbook.fault;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * The file that holds the backups' key holds another one, of the same length: that of another
 * system, or the one before the last rotation.
 */
@About(
    kind = About.Kind.BACKUPS,
    does = "replaces the key in a file by another of its form",
    hits = "key files",
    needs = "a key",
    bites = "the file holds another key")
public record WrongKey(Path keyFile) implements Fault {

  public static Fault wrongKey(Path keyFile) {
    return new WrongKey(keyFile);
  }

  @Override
  public String name() {
    return "another key in " + keyFile.getFileName();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    try {
      String before = Files.readString(keyFile);
      String key = before.strip();
      byte[] bytes = new byte[(key.length() + 1) / 2];
      scene.chance().nextBytes(bytes);
      String other = HexFormat.of().formatHex(bytes).substring(0, key.length());
      Files.writeString(keyFile, before.replace(key, other), StandardCharsets.UTF_8);
      return ActiveFault.over(
          List.of("a key of " + key.length() + " characters"),
          FileFault.looking(
              () ->
                  Bite.of(
                      !key.isEmpty() && !Files.readString(keyFile).contains(key),
                      "the key is another one")));
    } catch (IOException e) {
      throw new DrillException("could not " + name() + ": " + e, "is it there, and ours?", e);
    }
  }
}
