package dev.drillbook.fault;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

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
  private static final int TRIES = 100;

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
      byte[] before = Files.readAllBytes(keyFile);
      byte[] other = before.clone();
      for (int i = 0; i < TRIES && Arrays.equals(before, other); i++) {
        replace(other, scene.chance());
      }
      if (Arrays.equals(before, other)) {
        throw new DrillException(keyFile + " holds no key", "name the file that the key is in");
      }
      Files.write(keyFile, other);
      return ActiveFault.over(
          List.of("a key file of " + before.length + " bytes"),
          FileFault.looking(
              () ->
                  Bite.of(
                      !Arrays.equals(Files.readAllBytes(keyFile), before),
                      "the key is another one")));
    } catch (IOException e) {
      throw new DrillException("could not " + name() + ": " + e, "is it there, and ours?", e);
    }
  }

  /**
   * Digits by digits, letters by letters of their case. What is between them stays, as do comments
   * and the lines that a PEM file begins and ends with.
   */
  private static void replace(byte[] key, RandomGenerator chance) {
    String text = new String(key, StandardCharsets.ISO_8859_1);
    if (!text.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || Character.isWhitespace(c))) {
      chance.nextBytes(key);
      return;
    }
    int letters = text.strip().matches("[0-9a-f]+|[0-9A-F]+") ? 6 : 26;
    boolean kept = false;
    for (int i = 0; i < key.length; i++) {
      char c = text.charAt(i);
      if (i == 0 || text.charAt(i - 1) == '\n') {
        kept = c == '#' || c == '-';
      }
      if (kept) {
        continue;
      }
      if (c >= '0' && c <= '9') {
        key[i] = (byte) ('0' + chance.nextInt(10));
      } else if (c >= 'a' && c <= 'z') {
        key[i] = (byte) ('a' + chance.nextInt(letters));
      } else if (c >= 'A' && c <= 'Z') {
        key[i] = (byte) ('A' + chance.nextInt(letters));
      }
    }
  }
}
