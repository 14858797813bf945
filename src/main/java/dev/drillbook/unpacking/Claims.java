package dev.drillbook.unpacking;

import dev.drillbook.plan.RestoreCheck.Format;
import dev.drillbook.timeline.DrillException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the extensions of a name claim that its content is, from the outside in: {@code
 * shop.sql.gz.gpg} claims gpg, then gzip, then SQL. Extensions that name nothing in particular, as
 * {@code .dump} and {@code .backup} do, end the list.
 */
final class Claims {
  private static final Map<String, List<String>> MEANING =
      Map.ofEntries(
          claim("gz", Layer.GZIP),
          claim("gzip", Layer.GZIP),
          claim("zst", Layer.ZSTD),
          claim("zstd", Layer.ZSTD),
          claim("xz", Layer.XZ),
          claim("bz2", Layer.BZIP2),
          claim("lz4", Layer.LZ4),
          claim("gpg", Layer.GPG),
          claim("pgp", Layer.GPG),
          claim("asc", Layer.GPG),
          claim("age", Layer.AGE),
          claim("enc", Layer.OPENSSL),
          claim("aes", Layer.OPENSSL),
          claim("aes256", Layer.OPENSSL),
          claim("ssl", Layer.OPENSSL),
          claim("tar", Layer.TAR),
          claim("tgz", Layer.GZIP, Layer.TAR),
          claim("txz", Layer.XZ, Layer.TAR),
          claim("tzst", Layer.ZSTD, Layer.TAR),
          claim("tbz2", Layer.BZIP2, Layer.TAR),
          Map.entry("sql", List.of(Format.SQL.word())),
          Map.entry("rdb", List.of(Format.RDB.word())));

  private final String name;
  private final String stem;
  private final Deque<String> left = new ArrayDeque<>();

  private Claims(String name) {
    this.name = name;
    String rest = name.substring(name.lastIndexOf('/') + 1);
    while (true) {
      int dot = rest.lastIndexOf('.');
      List<String> meaning =
          dot <= 0 ? null : MEANING.get(rest.substring(dot + 1).toLowerCase(Locale.ROOT));
      if (meaning == null) {
        break;
      }
      left.addAll(meaning);
      boolean format = Format.SQL.word().equals(meaning.get(0)) || rest.endsWith(".rdb");
      if (format) {
        break;
      }
      rest = rest.substring(0, dot);
    }
    stem = rest;
  }

  static Claims of(String name) {
    return new Claims(name);
  }

  private static Map.Entry<String, List<String>> claim(String extension, Layer... layers) {
    return Map.entry(extension, List.of(layers).stream().map(Layer::word).toList());
  }

  /** The last part of the name without what stands for layers: {@code shop.sql}. */
  String stem() {
    return stem;
  }

  /** The whole name without what stands for layers. */
  String path() {
    return name.substring(0, name.lastIndexOf('/') + 1) + stem;
  }

  boolean claimsTar() {
    return left.contains(Layer.TAR.word());
  }

  /**
   * Compares what was found with the outermost claim that is left, and takes that off.
   *
   * @throws DrillException if they contradict each other
   */
  void meet(Layer found) {
    meet(found.word());
  }

  /** The same for what is within all layers; empty where it is nothing that is known. */
  void meet(Optional<Format> found) {
    if (left.isEmpty() && found.isEmpty()) {
      return;
    }
    meet(found.map(Format::word).orElse("nothing that is known"));
  }

  private void meet(String found) {
    String claimed = left.poll();
    if (claimed != null && !claimed.equals(found)) {
      throw new DrillException(
          name + " has the wrong format for its name: it claims " + claimed + ", it is " + found,
          "look at the job that writes it: did a step of it fail, or did the job change without the name?");
    }
  }
}
