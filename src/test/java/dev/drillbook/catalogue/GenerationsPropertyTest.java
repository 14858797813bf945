package dev.drillbook.catalogue;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.BackupPolicy;
import dev.drillbook.plan.CronSchedule;
import dev.drillbook.plan.RestoreCheck;
import dev.drillbook.plan.RestoreCheck.Keep;
import dev.drillbook.timeline.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * A job that runs every night, and a purge after it that leaves one backup of each of the last so
 * many days, weeks, months and years, whichever one it likes, are never red. A backup that was the
 * only one of one of those is missed.
 */
class GenerationsPropertyTest {
  private static final Checks DAILY =
      Checks.of(
          "schedule: '0 2 * * *', takes: 1h, retention: 7d",
          "files: 'x_{yyyyMMddHHmmss}', keep: {daily: 1}");

  private static final Map<Integer, Function<LocalDate, Object>> NAMES =
      Map.of(
          0, day -> day,
          1,
              day ->
                  day.get(IsoFields.WEEK_BASED_YEAR)
                      + "W"
                      + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
          2, day -> day.getYear() + "-" + day.getMonth(),
          3, LocalDate::getYear);

  /**
   * A catalogue's life.
   *
   * @param nights since the first backup
   * @param late minutes from the newest run to the look at it
   */
  record Life(ZoneId zone, LocalDate first, int nights, Keep keep, boolean keepsNewest, int late) {

    Checks checks() {
      CronSchedule schedule = DAILY.policy().schedule().orElseThrow().in(zone);
      RestoreCheck check = DAILY.check();
      return new Checks(policy(schedule), check(check));
    }

    private BackupPolicy policy(CronSchedule schedule) {
      var policy = DAILY.policy();
      return new BackupPolicy(
          policy.id(),
          policy.component(),
          policy.kind(),
          policy.basedOn(),
          policy.script(),
          Optional.of(schedule),
          policy.retention(),
          policy.takes(),
          policy.location(),
          policy.encryption());
    }

    private RestoreCheck check(RestoreCheck check) {
      return new RestoreCheck(
          check.policy(),
          check.files(),
          check.format(),
          check.globals(),
          zone,
          check.key(),
          Optional.of(keep),
          check.smallest(),
          check.locked(),
          check.manifest(),
          check.minimumObjects(),
          check.restore(),
          check.wal(),
          check.pgbackrest(),
          check.freshness(),
          check.assertions(),
          check.limits(),
          check.lastRun(),
          check.lastSuccess());
    }

    /** All that was ever taken, the oldest first. */
    List<Instant> taken() {
      List<Instant> taken = new ArrayList<>();
      PrimitiveIterator.OfLong runs =
          checks()
              .policy()
              .schedule()
              .orElseThrow()
              .epochSecondsFrom(first.atStartOfDay(zone).toInstant());
      for (int night = 0; night < nights; night++) {
        taken.add(Instant.ofEpochSecond(runs.nextLong()).plusSeconds(night % 7));
      }
      return taken;
    }

    Instant now() {
      List<Instant> taken = taken();
      return taken.get(taken.size() - 1).plus(Duration.ofMinutes(late));
    }

    /** What the purge that follows each backup leaves at last; it runs by the dates there are. */
    Set<Instant> left() {
      Set<Instant> left = new LinkedHashSet<>();
      for (Instant night : taken()) {
        left.add(night);
        left.retainAll(kept(left, LocalDate.ofInstant(night, zone)));
      }
      return left;
    }

    private Set<Instant> kept(Collection<Instant> stored, LocalDate today) {
      Set<Instant> kept = new TreeSet<>();
      int[] counts = {keep.daily(), keep.weekly(), keep.monthly(), keep.yearly()};
      for (int period = 0; period < counts.length; period++) {
        Set<Object> wanted = lastOnes(today, period, counts[period]);
        stored.stream()
            .collect(groupingBy(name(period)))
            .forEach(
                (name, all) -> {
                  if (wanted.contains(name)) {
                    kept.add(all.get(keepsNewest ? all.size() - 1 : 0));
                  }
                });
      }
      return kept;
    }

    Function<Instant, Object> name(int period) {
      return at -> NAMES.get(period).apply(LocalDate.ofInstant(at, zone));
    }

    /** Today's one and those before it. */
    Set<Object> lastOnes(LocalDate today, int period, int count) {
      Set<Object> last = new LinkedHashSet<>();
      for (int back = 0; back < count; back++) {
        LocalDate day =
            switch (period) {
              case 0 -> today.minusDays(back);
              case 1 -> today.minusWeeks(back);
              case 2 -> today.withDayOfMonth(1).minusMonths(back);
              default -> today.withDayOfYear(1).minusYears(back);
            };
        last.add(NAMES.get(period).apply(day));
      }
      return last;
    }
  }

  @Provide
  Arbitrary<Life> lives() {
    Arbitrary<ZoneId> zones =
        Arbitraries.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Dhaka", "Africa/Cairo")
            .map(ZoneId::of);
    Arbitrary<LocalDate> first =
        Arbitraries.integers().between(0, 800).map(LocalDate.of(2024, 1, 1)::plusDays);
    Arbitrary<Keep> keep =
        Combinators.combine(
                Arbitraries.integers().between(1, 10),
                Arbitraries.integers().between(0, 6),
                Arbitraries.integers().between(0, 6),
                Arbitraries.integers().between(0, 2))
            .as(Keep::new);
    return Combinators.combine(
            zones,
            first,
            Arbitraries.integers().between(1, 500),
            keep,
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, 24 * 60))
        .as(Life::new);
  }

  private static Judgement judge(Life life, Collection<Instant> left) {
    Checks checks = life.checks();
    List<StoredBackup> backups =
        new TreeSet<>(left).descendingSet().stream().map(at -> Checks.backup(at, 1000)).toList();
    return new PolicyJudge(
            checks.policy(),
            checks.check(),
            Optional.empty(),
            Optional.of(life.left().iterator().next()))
        .judge(backups, life.now());
  }

  @Property(tries = 300)
  void aNightlyJobWithItsPurgeIsNeverRed(@ForAll("lives") Life life) {
    assertThat(judge(life, life.left()).findings()).isEmpty();
  }

  @Property(tries = 300)
  void theOnlyOneOfAPeriodIsMissedWhicheverItIs(
      @ForAll("lives") Life life, @ForAll @IntRange(max = 1_000) int chance) {
    List<Instant> left = new ArrayList<>(life.left());
    if (left.size() < 2) {
      return;
    }
    Instant gone = left.remove(chance % left.size());
    LocalDate today = LocalDate.ofInstant(life.now(), life.zone());
    int[] counts = {
      life.keep().daily(), life.keep().weekly(), life.keep().monthly(), life.keep().yearly()
    };
    boolean isMissed = false;
    for (int period = 0; period < counts.length; period++) {
      Function<Instant, Object> name = life.name(period);
      Object goneName = name.apply(gone);
      boolean isWanted = life.lastOnes(today, period, counts[period]).contains(goneName);
      boolean isCurrent = NAMES.get(period).apply(today).equals(goneName);
      boolean isOnly = left.stream().map(name).noneMatch(goneName::equals);
      isMissed |= isWanted && !isCurrent && isOnly;
    }
    List<String> subjects = judge(life, left).findings().stream().map(Finding::subject).toList();
    assertThat(subjects.contains("dump: retention")).isEqualTo(isMissed);
  }
}
