package dev.drillbook.catalogue;

import dev.drillbook.plan.NamePattern;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that lie beside backups and are none: checksums, signatures, descriptions. */
final class Companions {

  /** The strongest first. */
  private static final List<String> CHECKSUMS =
      List.of(".sha512", ".sha512sum", ".sha256", ".sha256sum", ".sha1", ".md5", ".md5sum");

  /** Checksums of several files; the strongest first. */
  private static final List<String> SUMS =
      List.of("SHA512SUMS", "SHA256SUMS", "sha512sum.txt", "sha256sum.txt", "SHA1SUMS", "MD5SUMS");

  private static final String MANIFEST = ".manifest.json";
  private static final List<String> OTHERS =
      List.of(".asc", ".sig", ".minisig", MANIFEST, ".json", ".meta", ".manifest", ".size");

  private final Map<String, StoredFile> byName = new HashMap<>();

  Companions(List<StoredFile> files) {
    files.forEach(file -> byName.put(file.name(), file));
  }

  /**
   * Whether {@code file}, which matches {@code pattern}, only goes with another. One with the
   * ending of a companion does if it has that of a file that is there, or if the pattern does not
   * ask for that ending: a checksum whose backup has gone is no backup, but an armoured one is.
   */
  boolean isOne(StoredFile file, NamePattern pattern) {
    String name = file.name();
    return isOfChecksums(file)
        || Stream.concat(CHECKSUMS.stream(), OTHERS.stream())
            .filter(name::endsWith)
            .anyMatch(
                ending ->
                    !pattern.toString().endsWith(ending)
                        || byName.containsKey(name.substring(0, name.length() - ending.length())));
  }

  /** Whether that is a file of checksums of several files, or its signature. */
  static boolean isOfChecksums(StoredFile file) {
    return SUMS.stream().anyMatch(file.lastName()::startsWith);
  }

  /** The best checksum of a file, or of a folder whose name has no slash at its end. */
  Optional<StoredFile> checksum(String id, boolean isFolder) {
    String folder = isFolder ? id + "/" : id.substring(0, id.lastIndexOf('/') + 1);
    return Stream.concat(
            CHECKSUMS.stream().map(ending -> id + ending), SUMS.stream().map(name -> folder + name))
        .map(byName::get)
        .filter(found -> found != null)
        .findFirst();
  }

  Optional<StoredFile> manifest(String id) {
    return Optional.ofNullable(byName.get(id + MANIFEST));
  }
}
