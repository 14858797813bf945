package dev.drillbook.fault;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The file that holds the backups' key holds another one: that of another system, or the one before
 * the last rotation. Another password, hexadecimal or Base64 key, or key of plain bytes is made up;
 * of a key with an inner form (PEM, age) another real one has to be given.
 *
 * @param other the file that the other key is in; empty for one that is made up
 */
@About(
    kind = About.Kind.BACKUPS,
    does = "replaces the key in a file by another of its form, or by one that is given",
    hits = "key files",
    needs = "a key; another one, where it is in PEM or of age",
    bites = "the file holds another key")
public record WrongKey(Path keyFile, Optional<Path> other) implements Fault {
  private static final int TRIES = 100;

  /** One token: nothing with a name before it, a comment, or several lines. */
  private static final Pattern TOKEN = Pattern.compile("\\s*[!-~]+\\s*");

  private static final Pattern HEXADECIMAL = Pattern.compile("\\s*[0-9a-fA-F-]+\\s*");
  private static final Pattern WITH_INNER_FORM = Pattern.compile("\\s*(-----|AGE-|age1).*");

  public static Fault wrongKey(Path keyFile) {
    return new WrongKey(keyFile, Optional.empty());
  }

  /** The key in {@code other} takes its place. */
  public static Fault wrongKey(Path keyFile, Path other) {
    return new WrongKey(keyFile, Optional.of(other));
  }

  @Override
  public String name() {
    return "another key in " + keyFile.getFileName();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    try {
      byte[] before = Files.readAllBytes(keyFile);
      byte[] wrong =
          other.isPresent() ? Files.readAllBytes(other.get()) : madeUp(before, scene.chance());
      if (Arrays.equals(before, wrong)) {
        throw new DrillException(
            keyFile + " holds no key, or the same one", "name the file that the key is in");
      }
      Files.write(keyFile, wrong);
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

  private byte[] madeUp(byte[] before, RandomGenerator chance) {
    String text = new String(before, StandardCharsets.ISO_8859_1);
    byte[] wrong = before.clone();
    if (!text.chars().allMatch(c -> (c >= ' ' && c <= '~') || Character.isWhitespace(c))) {
      chance.nextBytes(wrong);
      return wrong;
    }
    if (!text.isBlank()
        && (!TOKEN.matcher(text).matches() || WITH_INNER_FORM.matcher(text).matches())) {
      throw new DrillException(
          "no other key of the form of that in " + keyFile + " can be made up",
          "make another one with the tool that made this, and name its file too");
    }
    int letters = HEXADECIMAL.matcher(text).matches() ? 6 : 26;
    for (int i = 0; i < TRIES && Arrays.equals(before, wrong); i++) {
      replace(wrong, letters, chance);
    }
    return wrong;
  }

  /** Digits by digits, letters by letters of their case, and what is between them by itself. */
  private static void replace(byte[] key, int letters, RandomGenerator chance) {
    for (int i = 0; i < key.length; i++) {
      if (key[i] >= '0' && key[i] <= '9') {
        key[i] = (byte) ('0' + chance.nextInt(10));
      } else if (key[i] >= 'a' && key[i] <= 'z') {
        key[i] = (byte) ('a' + chance.nextInt(letters));
      } else if (key[i] >= 'A' && key[i] <= 'Z') {
        key[i] = (byte) ('A' + chance.nextInt(letters));
      }
    }
  }
}
