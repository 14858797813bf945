package dev.drillbook.catalogue;

import dev.drillbook.catalogue.SumsFile.Sum;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether what is stored is what was written, by the checksums that lie beside it. Content is
 * hashed as it comes, so that memory does not grow with the backup.
 */
public final class Checksums {
  private static final int BUFFER_BYTES = 1 << 16;

  private final BackupSource source;
  private final String subject;
  private final List<String> different = new ArrayList<>();
  private final List<String> uncovered = new ArrayList<>();
  private final List<String> gone = new ArrayList<>();
  private final Set<String> used = new HashSet<>();

  private Checksums(BackupSource source, String subject) {
    this.source = source;
    this.subject = subject;
  }

  /**
   * Reads all of a backup once. A backup without checksums is noted. A difference and a file that
   * is gone are FAIL; checksums that cannot be read, or leave files out, are UNKNOWN.
   *
   * @param policy the backup's policy, for what findings are about
   * @throws DrillException if a file cannot be opened
   */
  public static Judgement verify(BackupSource source, StoredBackup backup, String policy) {
    return backup
        .checksum()
        .map(checksum -> new Checksums(source, policy + ": checksum").verify(backup, checksum))
        .orElseGet(() -> Judgement.note("no checksum lies beside " + backup.id()));
  }

  private Judgement verify(StoredBackup backup, StoredFile checksum) {
    SumsFile sums;
    try (InputStream content = source.open(checksum)) {
      sums = SumsFile.read(content);
    } catch (IOException e) {
      return Judgement.of(
          Finding.unknown(
              subject,
              checksum.name() + " holds checksums",
              "it does not: " + e.getMessage(),
              "have it written by sha256sum, after the backup"));
    }
    long bytes = 0;
    for (StoredFile file : backup.files()) {
      if (!Companions.isOfChecksums(file)) {
        Optional<String> name = sums.nameOf(relative(backup, checksum, file));
        if (name.isEmpty()) {
          uncovered.add(file.name());
        } else {
          used.add(name.get());
          bytes += file.bytes();
          compare(file, sums.byName().get(name.get()));
        }
      }
    }
    if (isOfFolder(backup)) {
      missing(backup, checksum, sums);
    }
    return judgement(checksum, bytes);
  }

  /** Below the checksums' folder; what is not below it is called as from the backup's own. */
  private static String relative(StoredBackup backup, StoredFile checksum, StoredFile file) {
    return isOfFolder(backup) && isInside(backup, checksum)
        ? file.name().substring(backup.id().length() + 1)
        : file.name().substring(checksum.folder().length());
  }

  private static boolean isOfFolder(StoredBackup backup) {
    return !backup.files().get(0).name().equals(backup.id());
  }

  private static boolean isInside(StoredBackup backup, StoredFile checksum) {
    return checksum.name().startsWith(backup.id() + "/");
  }

  private void compare(StoredFile file, Sum sum) {
    try (InputStream content = source.open(file)) {
      MessageDigest digest = MessageDigest.getInstance(sum.algorithm());
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      if (!HexFormat.of().formatHex(digest.digest()).equals(sum.hash())) {
        different.add(file.name() + " by " + sum.algorithm());
      }
    } catch (IOException e) {
      throw new DrillException(
          file.name() + " in " + source.where() + " could not be read to its end: " + e,
          "run the check again; if it ends so again, look at the disk or the network",
          e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK lacks " + sum.algorithm(), e);
    }
  }

  /** Sums in the folder list nothing else; those beside it may be of other folders too. */
  private void missing(StoredBackup backup, StoredFile checksum, SumsFile sums) {
    String folder =
        isInside(backup, checksum) ? "" : backup.id().substring(checksum.folder().length()) + "/";
    sums.byName().keySet().stream()
        .filter(name -> !name.isEmpty() && name.startsWith(folder) && !used.contains(name))
        .forEach(gone::add);
  }

  private Judgement judgement(StoredFile checksum, long bytes) {
    String sums = checksum.name();
    List<Finding> findings = new ArrayList<>();
    if (!different.isEmpty()) {
      findings.add(
          Finding.fail(
                  subject,
                  "every file hashes to what " + sums + " says",
                  different.size() + " hash to something else",
                  "it was damaged or changed after it was written: use another, and find out where")
              .withExamples(different));
    }
    if (!gone.isEmpty()) {
      findings.add(
          Finding.fail(
                  subject,
                  "every file is there that " + sums + " lists",
                  gone.size() + " are gone",
                  "a part of the backup was deleted or never copied: use another, and find out where")
              .withExamples(gone));
    }
    if (!uncovered.isEmpty()) {
      findings.add(
          Finding.unknown(
                  subject,
                  sums + " lists every file of the backup",
                  uncovered.size() + " are not listed",
                  "have the checksums written when the backup is complete")
              .withExamples(uncovered));
    }
    return new Judgement(
        findings, List.of("%d bytes were hashed against %s".formatted(bytes, sums)));
  }
}
