package dev.drillbook.fault;

import dev.drillbook.site.BackupFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Ransomware among the backups: every file of a policy is replaced by what AES-256-GCM makes of it,
 * with a key that nobody keeps, and is named *.locked from then on.
 */
@About(
    kind = About.Kind.BACKUPS,
    does = "encrypts every backup of a policy and renames it",
    hits = "backups",
    needs = "a backup",
    bites = "the plain files are gone")
public record EncryptBackups(BackupFiles backups) implements Fault {
  private static final String LOCKED = ".locked";

  public static Fault encryptBackups(BackupFiles backups) {
    return new EncryptBackups(backups);
  }

  @Override
  public String name() {
    return "encrypt the backups of " + backups.policy();
  }

  @Override
  public ActiveFault inject(Scene scene) {
    List<Path> files = backups.newestFirst();
    Cipher cipher = new Cipher(scene.chance());
    List<Path> locked = new ArrayList<>();
    return FileFault.inject(
        name(),
        files.stream().map(Path::toString).toList(),
        () -> {
          for (Path file : files) {
            locked.add(lock(file, cipher));
          }
        },
        () ->
            Bite.of(
                files.stream().allMatch(Files::notExists)
                    && locked.stream().allMatch(Files::exists),
                locked.size() + " files were encrypted"));
  }

  /** The plain file goes last: if this fails half-way, nothing that was there is lost. */
  private static Path lock(Path file, Cipher cipher) throws IOException {
    Path locked = file.resolveSibling(file.getFileName() + LOCKED);
    try (InputStream plain = Files.newInputStream(file);
        OutputStream sealed = Files.newOutputStream(locked)) {
      cipher.encrypt(plain, sealed);
    }
    Files.delete(file);
    return locked;
  }
}
