package dev.drillbook.restorecheck;

import dev.drillbook.catalogue.BackupSource;
import dev.drillbook.catalogue.StoredBackup;
import dev.drillbook.catalogue.StoredFile;
import dev.drillbook.manifest.Manifest;
import dev.drillbook.manifest.ManifestFile;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The manifest that lies beside a backup. */
final class Manifests {
  private static final String SUBJECT = "manifest";

  private Manifests() {}

  /**
   * Reads it. One that is missing although the plan asks for it is FAIL; one that cannot be read is
   * UNKNOWN.
   *
   * @param notes what is no finding, and yet worth to know, is added to them
   */
  static Optional<Manifest> of(
      RestoreCheck check,
      BackupSource source,
      StoredBackup backup,
      Judged judged,
      List<String> notes) {
    Optional<Manifest> manifest = Optional.empty();
    if (backup.manifest().isPresent()) {
      StoredFile file = backup.manifest().get();
      try (InputStream content = source.open(file)) {
        manifest = ManifestFile.read(file.name(), content);
      } catch (IOException | DrillException e) {
        judged.add(Verdict.UNKNOWN, SUBJECT, "the manifest beside the backup can be read", e);
        return Optional.empty();
      }
      if (manifest.isEmpty()) {
        notes.add(file.name() + " is no manifest of Drillbook's, and is not looked at");
      }
    }
    if (manifest.isEmpty() && check.manifest()) {
      judged.add(
          Finding.fail(
              SUBJECT,
              "a manifest lies beside each backup",
              "none is beside " + backup.id(),
              "take the backup with drillbook manifest, and keep its file as "
                  + backup.id()
                  + ".manifest.json"));
    }
    return manifest;
  }
}
