package dev.drillbook.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Manifests as files: JSON, whose fields docs/nightly.md describes. */
public final class ManifestFile {
  /** Of a hundred thousand tables it is less; what is longer is not read into memory. */
  private static final int MAX_BYTES = 64 << 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private ManifestFile() {}

  /**
   * Reads a manifest.
   *
   * @param name what errors call it
   * @return empty where it is JSON, but no manifest of Drillbook's
   * @throws DrillException if it is none that can be read
   */
  public static Optional<Manifest> read(String name, InputStream content) throws IOException {
    byte[] bytes = content.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new DrillException(
          name + " has more than " + (MAX_BYTES >> 20) + " MiB", "no manifest is that long: look");
    }
    try {
      JsonNode tree = JSON.readTree(bytes);
      if (tree.isMissingNode()) {
        throw new DrillException(name + " is empty", "was the disk full when it was written?");
      }
      if (!tree.path("kind").asText("").equals(ManifestJson.KIND)) {
        return Optional.empty();
      }
      int schema = tree.path("schema").asInt(0);
      if (schema != ManifestJson.SCHEMA) {
        throw new DrillException(
            "%s is a manifest of schema %d, and this build reads %d"
                .formatted(name, schema, ManifestJson.SCHEMA),
            "check this backup with the version of Drillbook that wrote it");
      }
      return Optional.of(JSON.treeToValue(tree, ManifestJson.class).manifest());
    } catch (DrillException e) {
      throw e;
    } catch (JsonProcessingException | RuntimeException e) {
      throw new DrillException(
          name + " is not as Drillbook writes manifests: " + firstLine(e),
          "was it cut off, or edited? it cannot be made again: take the next backup with one",
          e);
    }
  }

  private static String firstLine(Exception e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return message.lines().findFirst().orElse("");
  }

  /**
   * Writes a manifest to where none is; there is all of it, or none.
   *
   * @throws IOException also where the file exists
   */
  public static void write(Path file, Manifest manifest) throws IOException {
    Path target = file.toAbsolutePath();
    Path part = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(ManifestJson.of(manifest)));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      if (Files.exists(target)) {
        throw new IOException(target + " is there already");
      }
      move(part, target);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void move(Path part, Path target) throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, target);
    }
  }
}
