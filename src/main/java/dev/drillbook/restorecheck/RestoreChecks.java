package dev.drillbook.restorecheck;

import dev.drillbook.catalogue.BackupSource;
import dev.drillbook.catalogue.BackupSources;
import dev.drillbook.catalogue.Checksums;
import dev.drillbook.catalogue.Judgement;
import dev.drillbook.catalogue.Locks;
import dev.drillbook.catalogue.Pick;
import dev.drillbook.catalogue.PolicyJudge;
import dev.drillbook.catalogue.StoredBackup;
import dev.drillbook.catalogue.StoredBackups;
import dev.drillbook.physical.WalArchive;
import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.run.Machine;
import dev.drillbook.site.Site;
import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Nearest;
import dev.drillbook.timeline.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Checks the stored backups of a plan's policies, one after the other. */
public final class RestoreChecks {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final DrillPlan plan;
  private final String location;
  private final Pick pick;
  private final long seed;
  private final Function<DrillPlan, Site> sites;
  private final Map<String, String> environment;

  /**
   * @param location the catalogue's root: a folder, or {@code s3://bucket/prefix}
   * @param pick which of a policy's backups
   * @param seed what chance depends on
   * @param sites makes the site that a backup is restored on
   * @param environment where credentials and keys are looked up
   */
  public RestoreChecks(
      DrillPlan plan,
      String location,
      Pick pick,
      long seed,
      Function<DrillPlan, Site> sites,
      Map<String, String> environment) {
    this.plan = plan;
    this.location = location;
    this.pick = pick;
    this.seed = seed;
    this.sites = sites;
    this.environment = environment;
  }

  /**
   * The checks of these policies, or of all that the plan has a check for.
   *
   * @throws DrillException if the plan has none, or none of such a name
   */
  public static List<RestoreCheck> of(DrillPlan plan, List<String> policies) {
    List<String> known = List.copyOf(plan.restoreChecks().keySet());
    if (known.isEmpty()) {
      throw new DrillException(
          plan.file() + " says of no policy how its backups are checked",
          "add restoreChecks, with an entry for each policy: see docs/nightly.md");
    }
    for (String policy : policies) {
      if (!known.contains(policy)) {
        throw new DrillException(
            plan.file() + " has no restore check '" + policy + "'",
            Nearest.hint(policy, "it has", known));
      }
    }
    return plan.restoreChecks().values().stream()
        .filter(check -> policies.isEmpty() || policies.contains(check.policy()))
        .toList();
  }

  /**
   * Runs one policy's check, with what earlier ones saw, and leaves its lines in the history.
   *
   * @param ended hears of each backup as soon as it is checked and its line is written
   */
  public List<RestoreCheckRecord> run(
      RestoreCheck check, CheckHistory history, Consumer<RestoreCheckRecord> ended) {
    return run(
        check,
        LastChecks.oldestSeen(plan.system(), check.policy(), history.read()),
        record -> {
          history.append(record);
          ended.accept(record);
        });
  }

  /**
   * Runs one policy's check.
   *
   * @param since when the oldest backup that an earlier check saw was taken; empty where none did
   * @param ended hears of each backup as soon as it is checked
   */
  List<RestoreCheckRecord> run(
      RestoreCheck check, Optional<Instant> since, Consumer<RestoreCheckRecord> ended) {
    Instant now = Instant.now();
    BackupPolicy policy = plan.backup(check.policy()).orElseThrow();
    List<RestoreCheckRecord> records = new ArrayList<>();
    try (BackupSource source = BackupSources.open(location, environment)) {
      StoredBackups stored = StoredBackups.find(source, check);
      List<StoredBackup> all = stored.newestFirst();
      Judgement ofPolicy =
          new Judgement(stored.findings(), List.of())
              .and(
                  new PolicyJudge(policy, check, rpoOfBackups(policy, check), since)
                      .judge(all, now))
              .and(wal(source, policy, check, now))
              .and(Locks.judge(source, all, check, now));
      Instant oldest = all.get(all.size() - 1).takenAt();
      for (StoredBackup backup : pick.from(all, seed)) {
        String id = id(now, policy, records.size());
        // What is wrong with the policy is said once, with the first backup.
        Judgement known = records.isEmpty() ? ofPolicy : new Judgement(List.of(), List.of());
        RestoreCheckRecord record =
            new BackupCheck(plan, check, sites, environment)
                .run(
                    id,
                    backup,
                    source,
                    oldest,
                    known.and(Checksums.verify(source, backup, check.policy())));
        records.add(record);
        ended.accept(record);
      }
    } catch (DrillException e) {
      RestoreCheckRecord none = nothingToCheck(id(now, policy, records.size()), check, now, e);
      records.add(none);
      ended.accept(none);
    }
    return records;
  }

  /** Where WAL follows them, it is its end that must be young enough. */
  private Optional<Duration> rpoOfBackups(BackupPolicy policy, RestoreCheck check) {
    return check.wal().isPresent() || check.pgbackrest().isPresent()
        ? Optional.empty()
        : Promise.strictestRpo(plan, policy);
  }

  private Judgement wal(BackupSource source, BackupPolicy policy, RestoreCheck check, Instant now) {
    return check
        .wal()
        .or(() -> check.pgbackrest().map(WalArchive::inRepository))
        .map(
            folder ->
                WalArchive.find(source, folder)
                    .judge(policy.id(), Promise.strictestRpo(plan, policy), now))
        .orElse(new Judgement(List.of(), List.of()));
  }

  private String id(Instant now, BackupPolicy policy, int number) {
    return plan.system() + "-" + policy.id() + "-" + STAMP.format(now) + "-" + (number + 1);
  }

  private RestoreCheckRecord nothingToCheck(
      String id, RestoreCheck check, Instant now, DrillException why) {
    Judged judged = new Judged();
    judged.add(Verdict.UNKNOWN, "catalogue", "there is a backup to check", why);
    return new RestoreCheckRecord(
        id,
        plan.system(),
        check.policy(),
        "",
        Optional.empty(),
        Optional.empty(),
        0,
        now,
        Duration.between(now, Instant.now()),
        Verdict.UNKNOWN,
        "none",
        List.of(),
        Machine.here(),
        Optional.empty(),
        0,
        List.of(),
        List.of(),
        judged.findings(Set.of()),
        List.of(),
        "");
  }
}
