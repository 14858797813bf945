package dev.drillbook.site.embedded.standin;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The folder of one database in a dump, as {@code mongodump} lays it out: for each collection its
 * documents one after the other, {@code NAME.bson}, and its options and indexes, {@code
 * NAME.metadata.json}; with {@code .gz} at the end where they are compressed.
 */
record DumpFolder(Path path, boolean gzip) {
  private static final String DOCUMENTS = ".bson";
  private static final String METADATA = ".metadata.json";
  private static final int BUFFER_BYTES = 1 << 16;

  /** Letters that stand for themselves in a file's name, besides letters and digits. */
  private static final String PLAIN = "-_.~$&+=@";

  Path documents(String collection) {
    return path.resolve(escaped(collection) + DOCUMENTS + end());
  }

  Path metadata(String collection) {
    return path.resolve(escaped(collection) + METADATA + end());
  }

  /**
   * The file that tells options and indexes of the collection whose documents are in {@code file}.
   */
  Path metadataOf(Path file) {
    String name = file.getFileName().toString();
    String end = DOCUMENTS + end();
    if (!name.endsWith(end)) {
      throw new ToolFailure(file + " does not end with " + end);
    }
    return path.resolve(name.substring(0, name.length() - end.length()) + METADATA + end());
  }

  /** What is in it and belongs to no collection. */
  List<Path> strangers() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> collection(file).isEmpty()).sorted().toList();
    }
  }

  private String end() {
    return gzip ? ".gz" : "";
  }

  /** The collections in it, by name. */
  List<String> collections() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(path)) {
      files.forEach(file -> collection(file).ifPresent(names::add));
    }
    Collections.sort(names);
    return names.stream().distinct().toList();
  }

  private Optional<String> collection(Path file) {
    String name = file.getFileName().toString();
    return Stream.of(METADATA + end(), DOCUMENTS + end())
        .filter(name::endsWith)
        .findFirst()
        .map(end -> unescaped(name.substring(0, name.length() - end.length())));
  }

  OutputStream write(Path file) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
    return gzip ? new GZIPOutputStream(out, BUFFER_BYTES) : out;
  }

  InputStream read(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      return gzip ? new GZIPInputStream(in, BUFFER_BYTES) : in;
    } catch (IOException e) {
      in.close();
      throw new ToolFailure(
          file + " is not compressed with gzip, or damaged: " + e.getMessage(), e);
    }
  }

  private static String escaped(String collection) {
    StringBuilder text = new StringBuilder();
    for (byte each : collection.getBytes(StandardCharsets.UTF_8)) {
      char letter = (char) (each & 0xFF);
      if (letter < 128 && (Character.isLetterOrDigit(letter) || PLAIN.indexOf(letter) >= 0)) {
        text.append(letter);
      } else {
        text.append('%').append("%02X".formatted((int) letter));
      }
    }
    return text.toString();
  }

  private static String unescaped(String name) {
    // A plus is a plus in such a name, not a blank.
    return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
