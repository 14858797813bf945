package dev.drillbook.unpacking;

import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Where the key to backups comes from.
 *
 * @param key what the plan says of it
 * @param environment the variables that it may be in; its PATH is where gpg, age and openssl are
 *     looked for
 * @param folder the plan's, to which a key's file is relative
 */
public record Decryption(RestoreCheck.Key key, Map<String, String> environment, Path folder) {

  /** Whole key rings are larger than keys, but none is as large as this. */
  private static final int MAX_BYTES = 1_000_000;

  /**
   * The key itself.
   *
   * @throws DrillException if there is none, or it cannot be read
   */
  byte[] material() {
    byte[] material = key.variable().map(this::fromEnvironment).orElseGet(this::fromFile);
    if (material.length == 0 || new String(material, StandardCharsets.ISO_8859_1).isBlank()) {
      throw new DrillException(
          place() + " is empty", "put the key there that backups are made for");
    }
    if (material.length > MAX_BYTES) {
      throw new DrillException(place() + " is too large for a key", "name the key's file");
    }
    return material;
  }

  /**
   * The key as a passphrase, for tools that decrypt by themselves.
   *
   * @throws DrillException if there is none, or it cannot be read
   */
  public String passphrase() {
    return new String(material(), StandardCharsets.UTF_8).strip();
  }

  private byte[] fromEnvironment(String variable) {
    String value = environment.get(variable);
    if (value == null) {
      throw new CannotUnpackHere(
          "the environment has no " + variable + ", in which the backups' key should be",
          "set it for this process");
    }
    return value.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] fromFile() {
    Path file = folder.resolve(key.file().orElseThrow());
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new CannotUnpackHere(
          "the backups' key cannot be read from " + file,
          "check that the file is there, and that whoever runs this may read it",
          e);
    }
  }

  /** What the key is called in messages. */
  String place() {
    return key.variable()
        .map(variable -> "the key in the environment's " + variable)
        .orElseGet(() -> "the key file " + key.file().orElse(""));
  }

  /**
   * The program of that name.
   *
   * @throws DrillException if there is none on the PATH
   */
  Path program(String name) {
    return Arrays.stream(environment.getOrDefault("PATH", "").split(":", -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder).resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new CannotUnpackHere(
                    "the backup is encrypted with " + name + ", which is not on the PATH",
                    "install " + name));
  }

  /** Without the environment, which holds secrets. */
  @Override
  public String toString() {
    return place();
  }
}
