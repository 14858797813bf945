package dev.drillbook.site.embedded.standin.nio2blob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Tells objects from temporary files. The library writes an object to a file whose name ends with a
 * UUID before it renames it, and the keys of some people end with a UUID too. So theirs are noted
 * in a folder of empty files before they are first written; what has such a name and no note is
 * left over from a process that was killed.
 */
final class KeysLikeTemporary {
  private static final Pattern LIKE_TEMPORARY =
      Pattern.compile(".*-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.DOTALL);

  private final Path notes;

  KeysLikeTemporary(Path notes) {
    this.notes = notes;
  }

  /** Makes sure that nobody takes an object of that key for a temporary file. */
  void announce(String bucket, String key) {
    if (!LIKE_TEMPORARY.matcher(key).matches()) {
      return;
    }
    try {
      Files.createFile(note(bucket, key));
    } catch (FileAlreadyExistsException known) {
      // From when it was written before.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a file of that key was never to be an object. */
  boolean isTemporary(String bucket, String key) {
    return LIKE_TEMPORARY.matcher(key).matches() && !Files.exists(note(bucket, key));
  }

  private Path note(String bucket, String key) {
    try {
      byte[] name = (bucket + "/" + key).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(name);
      return notes.resolve(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
