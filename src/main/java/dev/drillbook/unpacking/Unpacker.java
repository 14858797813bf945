package dev.drillbook.unpacking;

import dev.drillbook.plan.RestoreCheck.Format;
import dev.drillbook.plan.RestoreCheck.Limits;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Turns a stored backup into the file or folder that a restore tool takes: decrypts, decompresses
 * and extracts it, in memory that does not grow with it. Backups are taken for hostile: nothing is
 * written outside the target, no link is made, and what grows beyond the limits is given up.
 *
 * <p>gzip, zstd, xz, bzip2, LZ4 and tar are read by this process, and gpg, age and openssl are the
 * programs of those names on the PATH. What is compressed within a format (the custom and directory
 * formats of pg_dump, the files in a mongodump folder) stays as it is.
 */
public final class Unpacker {
  private final Limits limits;
  private final Optional<Decryption> decryption;
  private final Optional<TargetFolder.Space> space;

  /**
   * @param limits what the backup may come to
   * @param decryption the key; empty where backups are not encrypted
   */
  public Unpacker(Limits limits, Optional<Decryption> decryption) {
    this(limits, decryption, Optional.empty());
  }

  Unpacker(Limits limits, Optional<Decryption> decryption, Optional<TargetFolder.Space> space) {
    this.limits = limits;
    this.decryption = decryption;
    this.space = space;
  }

  /**
   * Unpacks all files of one backup. When that fails, the target is empty again.
   *
   * @param files at least one
   * @param target an empty folder, on a path without links
   * @param expected what it should be; empty where its content is to say
   * @throws DrillException if it is damaged, cut off, not what it claims to be, too large or
   *     hostile, cannot be decrypted, or there is no room for it
   */
  public Unpacked unpack(List<Stored> files, Path target, Optional<Format> expected) {
    return in(
        target,
        files,
        new Budget(limits, storedBytes(files)),
        unpacking -> unpacking.all(files, expected));
  }

  /**
   * Unpacks archived segments of WAL, each by its own name without folders and without what its
   * layers are called; the limits are for all of them together. When that fails, the target is
   * empty again.
   *
   * @param files at least one
   * @param target an empty folder, on a path without links
   * @return what it took
   * @throws DrillException as {@link #unpack} does, or if two have one name
   */
  public List<Stage> unpackSegments(List<Stored> files, Path target) {
    return in(
        target,
        files,
        Budget.ofSegments(limits, storedBytes(files)),
        unpacking -> unpacking.each(files));
  }

  private static long storedBytes(List<Stored> files) {
    return files.stream().mapToLong(file -> Math.max(file.size(), 0)).sum();
  }

  private interface Work<T> {
    T with(Unpacking unpacking) throws IOException;
  }

  private <T> T in(Path target, List<Stored> files, Budget budget, Work<T> work) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("a backup without files");
    }
    Path root = target.toAbsolutePath().normalize();
    TargetFolder.mustBeEmpty(root);
    TargetFolder folder =
        new TargetFolder(
            root, budget, space.orElse(() -> Files.getFileStore(root).getUsableSpace()));
    try (Unpacking unpacking = new Unpacking(folder, budget, decryption)) {
      folder.mustHold("the backup", storedBytes(files));
      return work.with(unpacking);
    } catch (IOException e) {
      clear(folder, e);
      throw new CannotUnpackHere(root + " cannot be worked in: " + e, "check its disk", e);
    } catch (RuntimeException | Error e) {
      clear(folder, e);
      throw e;
    }
  }

  private static void clear(TargetFolder folder, Throwable failure) {
    try {
      folder.clear();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
