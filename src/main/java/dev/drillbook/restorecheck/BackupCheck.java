package dev.drillbook.restorecheck;

import dev.drillbook.catalogue.BackupSource;
import dev.drillbook.catalogue.Judgement;
import dev.drillbook.catalogue.StoredBackup;
import dev.drillbook.manifest.Manifest;
import dev.drillbook.physical.CannotRestoreHere;
import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.plan.RestoreCheck.Format;
import dev.drillbook.run.Machine;
import dev.drillbook.site.Site;
import dev.drillbook.site.Store;
import dev.drillbook.site.Transcript;
import dev.drillbook.snapshot.DatabaseImage;
import dev.drillbook.snapshot.StoreImage;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Verdict;
import dev.drillbook.unpacking.CannotUnpackHere;
import dev.drillbook.unpacking.Decryption;
import dev.drillbook.unpacking.Stage;
import dev.drillbook.verification.CheckResult;
import dev.drillbook.verification.Evidence;
import dev.drillbook.verification.Examiner;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The check of one backup, from the catalogue to the verdict. */
final class BackupCheck {
  /** A restore that takes longer is no recovery that anybody waits for. */
  private static final Duration RESTORED_WITHIN = Duration.ofHours(12);

  private static final Set<String> DAMAGED = Set.of("XX001", "XX002");

  private final DrillPlan plan;
  private final BackupPolicy policy;
  private final RestoreCheck check;
  private final Function<DrillPlan, Site> sites;
  private final Map<String, String> environment;

  private final Judged judged = new Judged();
  private final List<Stage> stages = new ArrayList<>();
  private final List<CheckResult> checks = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> components = new ArrayList<>();
  private final Set<String> secrets = new HashSet<>();
  private Transcript transcript = new Transcript(Set.of());
  private String siteName = "none";
  private Optional<Long> restoredBytes = Optional.empty();
  private long rows;

  /**
   * @param sites makes the site that the store is on
   * @param environment where the variable of a key is looked up
   */
  BackupCheck(
      DrillPlan plan,
      RestoreCheck check,
      Function<DrillPlan, Site> sites,
      Map<String, String> environment) {
    this.plan = plan;
    this.policy = plan.backup(check.policy()).orElseThrow();
    this.check = check;
    this.sites = sites;
    this.environment = environment;
  }

  /**
   * Restores a backup and looks at what comes of it. Whatever goes wrong is in the record.
   *
   * @param oldest when the oldest one that is stored was taken
   * @param known what is known of it before
   */
  RestoreCheckRecord run(
      String id, StoredBackup backup, BackupSource source, Instant oldest, Judgement known) {
    Instant startedAt = Instant.now();
    long started = System.nanoTime();
    judged.addAll(known.findings());
    notes.addAll(known.notes());
    try (Site site = sites.apply(Throwaway.planFor(plan, policy))) {
      on(site, backup, source);
      secrets.addAll(site.secrets());
    } catch (RuntimeException e) {
      judged.add(Verdict.UNKNOWN, "throwaway store", "there is one to restore into", e);
    }
    List<Finding> findings = judged.findings(secrets);
    return new RestoreCheckRecord(
        id,
        plan.system(),
        check.policy(),
        backup.id(),
        Optional.of(backup.takenAt()),
        Optional.of(oldest),
        backup.bytes(),
        startedAt,
        Duration.ofNanos(System.nanoTime() - started),
        verdict(findings),
        siteName,
        components,
        Machine.here(),
        restoredBytes,
        rows,
        stages,
        checks,
        findings,
        notes,
        transcript.text());
  }

  private Verdict verdict(List<Finding> findings) {
    // Without a check that ran, nothing is known: then there is a finding that says why.
    Verdict nothingWrong = checks.isEmpty() ? Verdict.UNKNOWN : Verdict.PASS;
    return findings.stream().map(Finding::verdict).reduce(nothingWrong, Verdict::and);
  }

  private void on(Site site, StoredBackup backup, BackupSource source) {
    siteName = site.name();
    Path folder = site.backupFolder(policy);
    Fetched fetched;
    try {
      fetched =
          new Fetch(check, format(), plan.folder(), environment)
              .fetch(source, backup, folder, stages);
    } catch (CannotUnpackHere e) {
      judged.add(Verdict.UNKNOWN, "unpack", "the backup can be unpacked here", e);
      return;
    } catch (DrillException e) {
      judged.add(Verdict.FAIL, "unpack", "the backup can be unpacked", e);
      return;
    }
    if (!fetched.reachingOut().isEmpty()) {
      judged.addAll(fetched.reachingOut());
      return;
    }
    Optional<Manifest> manifest = Manifests.of(check, source, backup, judged, notes);
    StoreUnderCheck store = storeOn(site, fetched, manifest);
    store.store().provision();
    secrets.addAll(site.secrets());
    site.components().forEach(component -> components.add(component.describe()));
    Optional<Finding> tooOld = fetched.newerThan(store.store().describe());
    if (tooOld.isPresent()) {
      judged.add(tooOld.get());
      return;
    }
    Optional<List<Object>> before = imagesOfEmpty(store);
    if (before.isPresent() && restore(store, fetched)) {
      look(store, backup.takenAt(), before.get());
    }
  }

  /** Of an object store nothing is dumped: its backups are files, whatever they look like. */
  private Optional<Format> format() {
    return plan.components().get(policy.component()) instanceof ComponentSpec.ObjectStore
        ? Optional.of(Format.TAR)
        : check.format();
  }

  private StoreUnderCheck storeOn(Site site, Fetched fetched, Optional<Manifest> manifest) {
    String name = policy.component();
    ComponentSpec spec = plan.components().get(name);
    if (spec instanceof ComponentSpec.Postgres postgres) {
      boolean asCopied = PhysicalUnderCheck.takes(fetched);
      PostgresUnderCheck alike =
          new PostgresUnderCheck(
              site.postgres(name),
              postgres,
              check,
              Promise.rpo(plan, policy),
              fetched.globals(),
              site.backupFolder(policy).resolve("definitions.sql"),
              // What is replayed came after whatever was written down.
              asCopied ? Optional.empty() : manifest,
              new Assertions(environment),
              asCopied);
      return asCopied
          ? new PhysicalUnderCheck(
              alike,
              site.postgres(name),
              fetched,
              check.key().map(key -> new Decryption(key, environment, plan.folder())))
          : alike;
    }
    return new OtherStoreUnderCheck(
        otherStore(site, spec), spec, check, new Assertions(environment));
  }

  private static Store otherStore(Site site, ComponentSpec spec) {
    if (spec instanceof ComponentSpec.ObjectStore) {
      return site.objectStore(spec.name());
    }
    return spec instanceof ComponentSpec.Mongo ? site.mongo(spec.name()) : site.redis(spec.name());
  }

  /** What the store is before: it was made for this, and were it not empty, it would be another. */
  private Optional<List<Object>> imagesOfEmpty(StoreUnderCheck store) {
    try {
      Evidence evidence = store.evidence();
      if (entries(evidence) == 0) {
        return Optional.of(images(evidence));
      }
      judged.add(
          Finding.unknown(
              "throwaway store",
              "it is empty before the restore",
              "it holds " + entries(evidence) + " rows",
              "is it the one that was made for this check? nothing was restored into it"));
    } catch (Exception e) {
      judged.add(Verdict.UNKNOWN, "throwaway store", "it can be looked at", e);
    }
    return Optional.empty();
  }

  /** Whether it came to its end, well or not, so that there is something to look at. */
  private boolean restore(StoreUnderCheck store, Fetched fetched) {
    transcript = new Transcript(secrets);
    long started = System.nanoTime();
    try {
      if (check.restore().isPresent()) {
        store.store().script(check.restore().get()).perform(transcript, RESTORED_WITHIN);
      } else {
        judged.addAll(store.restore(fetched.format(), fetched.path(), transcript, RESTORED_WITHIN));
        notes.addAll(store.notes());
      }
      stages.add(
          new Stage(
              "restore",
              Duration.ofNanos(System.nanoTime() - started),
              fetched.bytes(),
              fetched.bytes()));
      judgeErrors();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      judged.add(Verdict.UNKNOWN, "restore", "the restore comes to its end", e);
    } catch (CannotRestoreHere e) {
      judged.add(Verdict.UNKNOWN, "restore", "the backup can be restored here", e);
    } catch (DrillException e) {
      judged.add(Verdict.FAIL, "restore", "the backup can be restored", e);
      judgeErrors();
    } catch (Exception e) {
      judged.add(Verdict.UNKNOWN, "restore", "the store can be prepared for it", e);
    }
    return false;
  }

  /** A restore can print errors by the dozen and end with 0. */
  private void judgeErrors() {
    if (transcript.errorCount() > 0) {
      judged.add(
          Finding.fail(
                  "restore",
                  "the restore reports no error",
                  transcript.errorCount() + " errors",
                  "read the transcript: what is missing, roles, extensions, rights, or rows?")
              .withExamples(transcript.errorLines()));
    }
  }

  private void look(StoreUnderCheck store, Instant takenAt, List<Object> before) {
    long started = System.nanoTime();
    try {
      Evidence evidence = store.evidence();
      if (images(evidence).equals(before)) {
        judged.add(
            Finding.fail(
                "restore",
                "the store holds something else than before",
                "it is as empty as it was",
                "the restore said that it went well and brought nothing: read its transcript"));
      }
      rows = entries(evidence);
      restoredBytes = Optional.of(store.bytes());
      checks.addAll(Examiner.examine(store.checks(takenAt), evidence));
      checks.forEach(result -> judged.addAll(result.findings()));
    } catch (Exception e) {
      judged.add(
          isDamage(e) ? Verdict.FAIL : Verdict.UNKNOWN,
          "verification",
          "what was restored can be read",
          e);
    }
    long read = restoredBytes.orElse(0L);
    stages.add(new Stage("verify", Duration.ofNanos(System.nanoTime() - started), read, read));
  }

  /** Whether PostgreSQL says that its files are damaged (SQLSTATE XX001, XX002). */
  private static boolean isDamage(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException said
          && DAMAGED.contains(String.valueOf(said.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  private static List<Object> images(Evidence evidence) {
    List<Object> images = new ArrayList<>();
    evidence.databases().forEach(database -> images.add(database.restored().orElseThrow()));
    evidence.stores().forEach(stored -> images.add(stored.restored().orElseThrow()));
    return images;
  }

  private static long entries(Evidence evidence) {
    return evidence.databases().stream()
            .flatMap(database -> database.restored().stream())
            .mapToLong(DatabaseImage::rows)
            .sum()
        + evidence.stores().stream()
            .flatMap(stored -> stored.restored().stream())
            .mapToLong(StoreImage::count)
            .sum();
  }
}
