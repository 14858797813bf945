package dev.drillbook.plan;

import dev.drillbook.plan.RestoreCheck.Assertion;
import dev.drillbook.plan.RestoreCheck.Format;
import dev.drillbook.plan.RestoreCheck.Keep;
import dev.drillbook.plan.RestoreCheck.Limits;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads how the backups of one policy are checked. What it returns may only be called once the
 * whole plan is known to be without problems.
 */
final class RestoreCheckReader {
  private static final ValueType<NamePattern> FILES =
      new ValueType<>(
          "a pattern of names, e.g. daily/shop_{yyyyMMdd_HHmmss}.sql.gz", NamePattern::parse);

  private static final ValueType<Format> FORMAT =
      ValueType.choice(
          "a format of backups that can be restored",
          List.of(
              Format.SQL,
              Format.CUSTOM,
              Format.DIRECTORY,
              Format.BASE,
              Format.PGBACKREST,
              Format.MONGO_ARCHIVE,
              Format.MONGO_FOLDER,
              Format.RDB,
              Format.TAR),
          Format::word);

  private static final ValueType<Integer> SMALL_COUNT =
      new ValueType<>("a whole number", RestoreCheckReader::smallCount);

  private static final ValueType<Double> SHARE =
      new ValueType<>("a share, e.g. 50%", RestoreCheckReader::share);

  /** A day, and the hours that a nightly job may be late. */
  private static final Duration LAST_RUN = Duration.ofHours(30);

  private final References references;
  private final PlanFiles files;
  private final Map<String, MapReader> backups;
  private final Map<String, MapReader> components;

  /**
   * @param backups every policy by id
   * @param components every component by name
   */
  RestoreCheckReader(
      References references,
      PlanFiles files,
      Map<String, MapReader> backups,
      Map<String, MapReader> components) {
    this.references = references;
    this.files = files;
    this.backups = backups;
    this.components = components;
  }

  Supplier<RestoreCheck> read(String policy, MapReader map) {
    Optional<String> known = map.named(policy, references.backup());
    PhysicalReader physical = PhysicalReader.read(map);
    Optional<NamePattern> names =
        map.holds("files") || physical.files().isEmpty()
            ? map.required("files", FILES)
            : physical.files();
    Optional<Format> format = map.optional("format", FORMAT).or(physical::format);
    Optional<NamePattern> globals = map.optional("globals", FILES);
    Optional<ZoneId> zone = map.optional("timeZone", ValueType.TIME_ZONE);
    Optional<RestoreCheck.Key> key = map.optionalChild("key").map(RestoreCheckReader::key);
    Optional<Keep> keep = map.optionalChild("keep").map(RestoreCheckReader::keep);
    Optional<Double> smallest = map.optional("smallest", SHARE);
    Optional<Duration> locked = map.optional("locked", ValueType.DURATION);
    Optional<Boolean> manifest = map.optional("manifest", ValueType.TRUE_OR_FALSE);
    Optional<Integer> minimumObjects = map.optional("minimumObjects", SMALL_COUNT);
    Optional<String> restore = map.optional("restore", files.script());
    Map<String, String> freshness = map.optionalTexts("freshness", ValueType.TEXT);
    AssertionReader assertions = new AssertionReader(kindOf(policy));
    List<Supplier<Assertion>> asserted =
        map.optionalItems("assertions", "assertion").stream().map(assertions::read).toList();
    Optional<Limits> limits = map.optionalChild("limits").map(RestoreCheckReader::limits);
    Duration lastRun = map.optional("lastRun", ValueType.DURATION).orElse(LAST_RUN);
    Duration lastSuccess = map.optional("lastSuccess", ValueType.DURATION).orElse(lastRun);
    if (lastSuccess.compareTo(lastRun) < 0) {
      map.problem(
          "lastSuccess",
          " may be older without a run than without a success",
          "a run that succeeds is a run: make lastSuccess at least as long as lastRun");
    }
    onlyOfPostgres(policy, map);
    onlyOfObjects(policy, map);
    map.refuseOtherKeys();
    return () ->
        new RestoreCheck(
            known.orElseThrow(),
            names.orElseThrow(),
            format,
            globals,
            zone.orElse(ZoneOffset.UTC),
            key,
            keep,
            smallest.orElse(0.5),
            locked,
            manifest.orElse(false),
            minimumObjects.orElse(1),
            restore,
            physical.wal(),
            physical.pgbackrest(),
            freshness,
            asserted.stream().map(Supplier::get).toList(),
            limits.orElse(Limits.STANDARD),
            lastRun,
            lastSuccess);
  }

  private static RestoreCheck.Key key(MapReader map) {
    Optional<String> file = map.optional("file", ValueType.TEXT);
    Optional<String> variable = map.optional("variable", ValueType.VARIABLE);
    Optional<String> cipher = map.optional("openssl", ValueType.TEXT);
    if (map.holds("file") == map.holds("variable")) {
      map.problem(
          "file",
          map.holds("file") ? " is in two places" : " is nowhere",
          "write file: where it is, or variable: the variable that holds it, and never the key itself");
    }
    cipher
        .filter(options -> !options.startsWith("-"))
        .ifPresent(
            options ->
                map.problem(
                    "openssl",
                    " is for OpenSSL, but its options begin without a dash",
                    "write the options that it was encrypted with, e.g. \"-aes-256-cbc -pbkdf2\""));
    map.refuseOtherKeys();
    return new RestoreCheck.Key(
        file, variable, cipher.map(options -> List.of(options.split(" +"))).orElse(List.of()));
  }

  private static Keep keep(MapReader map) {
    Keep keep =
        new Keep(
            map.optional("daily", SMALL_COUNT).orElse(0),
            map.optional("weekly", SMALL_COUNT).orElse(0),
            map.optional("monthly", SMALL_COUNT).orElse(0),
            map.optional("yearly", SMALL_COUNT).orElse(0));
    if (map.names().isEmpty()) {
      map.problem("daily", " keeps nothing", "write {daily: 7, weekly: 4, monthly: 12}");
    }
    map.refuseOtherKeys();
    return keep;
  }

  /** The word of the kind of component that a policy's backups are of, if all of that is known. */
  private Optional<String> kindOf(String policy) {
    return Optional.ofNullable(backups.get(policy))
        .flatMap(backup -> backup.peek("component"))
        .map(components::get)
        .flatMap(component -> component.peek("kind"));
  }

  /** What is asked of a database in SQL, or is of PostgreSQL alone, no other store can answer. */
  private void onlyOfPostgres(String policy, MapReader map) {
    if (kindOf(policy).filter(kind -> !kind.equals(ComponentKind.POSTGRES.word())).isPresent()) {
      for (String key : List.of("freshness", "globals", "manifest", "wal", "pgbackrest")) {
        if (map.holds(key)) {
          map.problem(
              key,
              " has '" + key + "', but its backups are of no postgres",
              "remove the key: it is about what only PostgreSQL has");
        }
      }
    }
  }

  private void onlyOfObjects(String policy, MapReader map) {
    boolean objects = kindOf(policy).map(ComponentKind.OBJECT_STORE.word()::equals).orElse(true);
    if (!objects && map.holds("minimumObjects")) {
      map.problem(
          "minimumObjects",
          " counts objects, but its backups are of no object-store",
          "say minimumRows of the component's tables or collections");
    }
  }

  private static Limits limits(MapReader map) {
    Limits limits =
        new Limits(
            map.optional("unpacked", ValueType.SIZE).orElse(Limits.STANDARD.unpacked()),
            map.optional("ratio", SMALL_COUNT).orElse(Limits.STANDARD.ratio()),
            map.optional("files", SMALL_COUNT).orElse(Limits.STANDARD.files()));
    map.refuseOtherKeys();
    return limits;
  }

  private static int smallCount(String text) throws BadValue {
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw new BadValue("not a whole number above zero", "write digits only, or remove the key");
    }
    return Integer.parseInt(text);
  }

  private static double share(String text) throws BadValue {
    if (!text.matches("\\d{1,3}%")) {
      throw new BadValue("not a share", "write a percentage, e.g. 50%");
    }
    int percent = Integer.parseInt(text.substring(0, text.length() - 1));
    if (percent < 1 || percent > 100) {
      throw new BadValue("not a share", "write a percentage from 1% to 100%");
    }
    return percent / 100.0;
  }
}
