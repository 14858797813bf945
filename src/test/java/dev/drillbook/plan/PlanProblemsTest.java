package dev.drillbook.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One change to a valid plan, and the one problem that must come of it. */
class PlanProblemsTest {
  @TempDir Path temp;

  /**
   * @param at what the line that is to be reported contains
   */
  record Case(String name, String was, String is, String at, String found, String hint) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "keysAndTypes",
    "values",
    "references",
    "files",
    "rules",
    "otherStores",
    "promises"
  })
  void aFaultIsReportedOnItsLineWithAHint(Case fault) {
    assertThat(PlanFolder.VALID).contains(fault.was());
    int at = PlanFolder.VALID.indexOf(fault.was());
    String text =
        PlanFolder.VALID.substring(0, at)
            + fault.is()
            + PlanFolder.VALID.substring(at + fault.was().length());

    List<Problem> problems = PlanFolder.in(temp).problems(text);

    assertThat(problems).hasSize(1);
    Problem problem = problems.get(0);
    assertThat(problem.found()).contains(fault.found());
    assertThat(problem.hint()).contains(fault.hint());
    assertThat(text.lines().toList().get(problem.line() - 1)).contains(fault.at());
  }

  static Stream<Case> otherStores() {
    return Stream.of(
        store(
            "a MongoDB without a database",
            "{kind: mongo, collections: {a: {minimumRows: 1}}}",
            "component extra has no 'database'",
            "add database"),
        store(
            "a MongoDB without collections",
            "{kind: mongo, database: shop}",
            "component extra has no 'collections'",
            "add collections"),
        store(
            "a collection that need hold nothing",
            "{kind: mongo, database: shop, collections: {a: {minimumRows: 0}}}",
            "an empty one would prove nothing",
            "mayBeEmpty: true"),
        store(
            "an object store without buckets",
            "{kind: object-store}",
            "component extra has no 'buckets'",
            "add buckets"),
        store(
            "a bucket with a name that S3 refuses",
            "{kind: object-store, buckets: {Media: {}}}",
            "Media",
            ""),
        store(
            "an unknown key of a bucket",
            "{kind: object-store, buckets: {media: {versionning: true}}}",
            "unknown key 'versionning'",
            "did you mean 'versioning'?"),
        store(
            "a user twice",
            "{kind: object-store, buckets: {media: {}}, users: [shop, shop]}",
            "component extra has a user twice",
            "name each user once"),
        store(
            "a standby of nothing",
            "{kind: postgres-standby}",
            "component extra has no 'of'",
            "add of"),
        store(
            "a standby of a cache",
            "{kind: postgres-standby, of: cache}",
            "component extra follows 'cache', which is no postgres",
            "choose one of: db"),
        store(
            "an address of nothing",
            "{kind: address}",
            "component extra has no 'of'",
            "add of: the name of a component"),
        store(
            "an address of what is not there",
            "{kind: address, of: shopp}",
            "component extra: 'of' is 'shopp', not a component of this plan",
            "did you mean 'shop'?"),
        store(
            "an address of itself",
            "{kind: address, of: extra}",
            "component extra leads to itself",
            "name the store or app that answers"),
        store(
            "an address that runs something",
            "{kind: address, of: shop, command: a}",
            "component extra has an unknown key 'command'",
            "the keys here are: kind, port, of"),
        store(
            "a Redis that keeps its keys in a way of its own",
            "{kind: redis, persistence: disk}",
            "'persistence' is 'disk', not what Redis keeps on disk",
            "choose one of: none, rdb, aof"),
        store(
            "a variable that no shell could name",
            "{kind: app, command: a, health: /, environment: {LOG-LEVEL: debug}}",
            "a name in 'environment' is 'LOG-LEVEL', not a name for a variable",
            "letters, digits and underscores"),
        store(
            "an environment that is a list",
            "{kind: app, command: a, health: /, environment: [LOG_LEVEL]}",
            "'environment' is a list, not a mapping of names",
            "write {NAME: value}"),
        store(
            "a seed for a shell",
            "{kind: object-store, buckets: {media: {}}, seed: fill | sort}",
            "'seed' has quotes or other signs of a shell",
            "write a list"));
  }

  static Stream<Case> promises() {
    return Stream.of(
        new Case(
            "an objective without an RTO",
            "scenarios:\n",
            "objectives:\n  database: {rpo: 1h}\nscenarios:\n",
            "database:",
            "objective database has no 'rto'",
            "add rto: a duration"),
        new Case(
            "a priority of its own",
            "scenarios:\n",
            "objectives:\n  database: {rto: 1h, priority: criticial}\nscenarios:\n",
            "database:",
            "'priority' is 'criticial', not a priority",
            "did you mean 'critical'?"),
        new Case(
            "an unknown key of an objective",
            "scenarios:\n",
            "objectives:\n  database: {rto: 1h, mttr: 2h}\nscenarios:\n",
            "database:",
            "objective database has an unknown key 'mttr'",
            "the keys here are: rto, rpo, priority"),
        scenario(
            "an objective that nobody declares",
            "databases",
            "{rto: 4h}",
            "objective:",
            "'objective' is 'databases', not an objective of this plan",
            "did you mean 'database'?"),
        scenario(
            "a scenario with a longer RTO than its objective",
            "database",
            "{rto: 44m, rpo: 24h}",
            "rto: 45m",
            "scenario database-loss: 'rto' is 45 min, longer than the 44 min of the objective database",
            "promise no less"),
        scenario(
            "a scenario with a longer RPO than its objective",
            "database",
            "{rto: 45m, rpo: 23h}",
            "rpo: 24h",
            "scenario database-loss: 'rpo' is 24 h, longer than the 23 h of the objective database",
            "promise no less"),
        new Case(
            "a scenario without the RPO of its objective",
            "scenarios:\n  database-loss:\n    title: The database is lost\n    severity: P0\n    rto: 45m\n    rpo: 24h\n",
            "objectives:\n  database: {rto: 45m, rpo: 24h}\nscenarios:\n  database-loss:\n    title: The database is lost\n    objective: database\n    severity: P0\n    rto: 45m\n",
            "objective:",
            "stands for the objective database, whose rpo is 24 h, but has no 'rpo'",
            "add rpo"),
        escalation(
            "a level that is called no later than the one before",
            "{level: 1, who: A, after: 5m}, {level: 2, who: B, after: 5m}",
            "is called after 5 min, no later than the level before it, after 5 min",
            "later than the one before"),
        escalation(
            "a level that is missing",
            "{level: 1, who: A, after: 0m}, {level: 3, who: B, after: 5m}",
            "level #2: 'level' is 3 in place 2",
            "number the levels 1, 2, 3"),
        escalation(
            "a level of nobody", "{level: 1, after: 0m}", "level #1 has no 'who'", "add who"),
        escalation(
            "a level at no time",
            "{level: 1, who: A, after: soon}",
            "'after' is 'soon', not a duration",
            "largest first"),
        checklist(
            "an item that nobody looks at",
            "{id: audit, title: Audited}",
            "item audit has no 'check' or 'signOff'",
            "write check"),
        checklist(
            "an item of a drill and of people",
            "{id: audit, title: Audited, check: fingerprints, signOff: Auditor}",
            "item audit has both 'check' and 'signOff'",
            "write check"),
        checklist(
            "a check with a time limit",
            "{id: audit, title: Audited, check: fingerprints, within: 2h}",
            "item audit is checked by a drill, yet has 'within'",
            "remove within"),
        checklist(
            "an item twice",
            "{id: audit, title: Audited, signOff: A}, {id: audit, title: Again, signOff: B}",
            "item audit has the id of another item, on line 33",
            "rename one"),
        checklist(
            "an unknown key of an item",
            "{id: audit, title: Audited, signOff: A, withn: 2h}",
            "item audit has an unknown key 'withn'",
            "did you mean 'within'?"),
        erasure(
            "an erasure from a table that is not there",
            "{table: order, where: {id: 7}}",
            "component db, erasure #1: 'table' is 'order', not a table of this component",
            "did you mean 'orders'?"),
        erasure(
            "an erasure of everything",
            "{table: orders, where: {}}",
            "erasure #1: 'where' is empty",
            "the text of each column"),
        erasure(
            "an erasure without a condition",
            "{table: orders}",
            "erasure #1 has no 'where'",
            "add where"),
        erasure(
            "an erasure by a list",
            "{table: orders, where: {id: [7, 8]}}",
            "'id' is a list, not one value",
            "write a text"));
  }

  /** An objective called database, and the first scenario standing for {@code named}. */
  private static Case scenario(
      String name, String named, String objective, String at, String found, String hint) {
    return new Case(
        name,
        "scenarios:\n  database-loss:\n",
        "objectives:\n  database: "
            + objective
            + "\nscenarios:\n  database-loss:\n    objective: "
            + named
            + "\n",
        at,
        found,
        hint);
  }

  private static Case escalation(String name, String levels, String found, String hint) {
    return new Case(
        name,
        "scenarios:\n",
        "escalation: [" + levels + "]\nscenarios:\n",
        "escalation:",
        found,
        hint);
  }

  private static Case checklist(String name, String items, String found, String hint) {
    return new Case(
        name,
        "scenarios:\n",
        "checklist: [" + items + "]\nscenarios:\n",
        "checklist:",
        found,
        hint);
  }

  private static Case erasure(String name, String item, String found, String hint) {
    return new Case(
        name, "  cache:\n", "    erasures: [" + item + "]\n  cache:\n", "erasures:", found, hint);
  }

  /** A further component, on a line of its own. */
  private static Case store(String name, String component, String found, String hint) {
    return new Case(
        name, "  cache:\n", "  extra: " + component + "\n  cache:\n", "extra:", found, hint);
  }

  static Stream<Case> keysAndTypes() {
    return Stream.of(
        new Case(
            "duplicate key",
            "  cache:\n",
            "  db: {kind: redis}\n  cache:\n",
            "db: {kind",
            "'db' stands here twice; the first is on line 4",
            "rename or remove"),
        new Case(
            "key that is no text",
            "backups:\n",
            "? [a, b]\n: c\nbackups:\n",
            "? [a, b]",
            "a key is not a text",
            "one word"),
        new Case(
            "unknown key",
            "    rto: 45m",
            "    rto: 45m\n    notDriled: x",
            "notDriled",
            "scenario database-loss has an unknown key 'notDriled'",
            "did you mean 'notDrilled'?"),
        new Case(
            "unknown key that resembles none",
            "kind: redis",
            "kind: redis\n    colour: red",
            "colour",
            "unknown key 'colour'",
            "the keys here are: kind, port"),
        new Case(
            "missing key",
            "    rto: 45m\n",
            "",
            "database-loss:",
            "scenario database-loss has no 'rto'",
            "add rto: a duration"),
        new Case(
            "missing section",
            "system: webshop\n",
            "",
            "title: A web shop",
            "the plan has no 'system'",
            "add system"),
        new Case(
            "list in place of a value",
            "database: shop",
            "database: [shop]",
            "database:",
            "component db: 'database' is a list, not one value",
            "write a text"),
        new Case(
            "no value",
            "user: clerk",
            "user:",
            "user:",
            "component db: 'user' is empty",
            "write a text"),
        new Case(
            "blank value",
            "user: clerk",
            "user: ' '",
            "user:",
            "'user' is ' ', blank",
            "write something"),
        new Case(
            "text in place of a list",
            "needs: [db, cache]",
            "needs: db",
            "needs:",
            "'needs' is a text, not a list",
            "[first, second]"),
        new Case(
            "text in place of a mapping",
            "orders: {minimumRows: 10}",
            "orders: 10",
            "orders:",
            "table orders is a text, not a mapping",
            "write its keys below it"),
        new Case(
            "list in place of a mapping of names",
            "      orders: {minimumRows: 10}\n      notes: {mayBeEmpty: true}\n",
            "      [orders]\n",
            "tables:",
            "'tables' is a list, not a mapping of names",
            "a name for each table"),
        new Case(
            "text in place of a step",
            "- {id: call-electrician, kind: manual, budget: 3h, declared: 3h}",
            "- call-electrician",
            "- call-electrician",
            "scenario power-cut, step #1 is a text, not a mapping",
            "write {key: value, ...}"),
        new Case(
            "mapping in place of a list",
            "- {id: call-electrician, kind: manual, budget: 3h, declared: 3h}",
            "id: call-electrician",
            "steps:",
            "'steps' is a mapping, not a list of steps",
            "begin each with a dash"));
  }

  static Stream<Case> values() {
    return Stream.of(
        new Case(
            "duration", "rto: 45m", "rto: soon", "rto:", "'rto' is 'soon', not a duration", ""),
        new Case("range", "rto: 45m", "rto: 30-45 min", "rto:", "not a duration", "upper end, 45m"),
        new Case("zero", "rpo: 24h", "rpo: 0h", "rpo:", "no time at all", "above zero"),
        new Case(
            "cron",
            "0 */12 * * *",
            "0 25 * * *",
            "schedule:",
            "not a cron schedule: Value 25 not in range",
            "five fields"),
        new Case(
            "severity",
            "severity: P0",
            "severity: p0",
            "severity:",
            "'severity' is 'p0', not a severity",
            "did you mean 'P0'?"),
        new Case(
            "kind of step",
            "kind: automated",
            "kind: automatic",
            "kind: automatic",
            "not a kind of step",
            "did you mean 'automated'?"),
        new Case(
            "kind of component",
            "kind: redis",
            "kind: reddis",
            "kind: reddis",
            "'kind' is 'reddis', not a kind of component",
            "did you mean 'redis'?"),
        new Case(
            "truth of a table",
            "mayBeEmpty: true",
            "mayBeEmpty: yes",
            "notes:",
            "'mayBeEmpty' is 'yes', not true or false",
            "choose one of: true, false"),
        new Case(
            "truth of a step",
            "restore: true",
            "restore: ture",
            "restore:",
            "'restore' is 'ture', not true or false",
            "choose one of: true, false"),
        new Case(
            "count",
            "mayBeEmpty: true",
            "mayBeEmpty: true, minimumRows: 0x1",
            "notes:",
            "'minimumRows' is '0x1', not a whole number",
            "digits only"),
        new Case(
            "step id",
            "id: look-around",
            "id: Look_Around",
            "id: Look_Around",
            "'id' is 'Look_Around', not an id",
            "lower-case letters"),
        new Case(
            "component name",
            "  audit:",
            "  Audit:",
            "Audit:",
            "the name of a component is 'Audit', not an id",
            "lower-case letters"),
        new Case(
            "scenario id",
            "  power-cut:",
            "  power--cut:",
            "power--cut:",
            "the name of a scenario is 'power--cut', not an id",
            "single dashes"),
        new Case(
            "system",
            "system: webshop",
            "system: web-shop",
            "system:",
            "not a name for a system",
            "Java package"),
        new Case(
            "system that is a keyword",
            "system: webshop",
            "system: package",
            "system:",
            "not a name for a system",
            "Java package"),
        new Case("port", "port: 6390", "port: 99999", "port:", "not a port", "1 to 65535"),
        new Case("health", "health: /health", "health: up", "health:", "not a path", "a slash"),
        new Case(
            "time zone",
            "    retention: 14d",
            "    timeZone: Europe/Berlni\n    retention: 14d",
            "timeZone:",
            "'timeZone' is 'Europe/Berlni', not a time zone",
            "did you mean 'Europe/Berlin'?"),
        new Case(
            "city in place of a time zone",
            "    retention: 14d",
            "    timeZone: new york\n    retention: 14d",
            "timeZone:",
            "'timeZone' is 'new york', not a time zone",
            "did you mean 'America/New_York'?"),
        new Case(
            "time zone that resembles none",
            "    retention: 14d",
            "    timeZone: where the servers are\n    retention: 14d",
            "timeZone:",
            "not a time zone",
            "write a name of the IANA time zone database"),
        new Case(
            "kind of backup",
            "    retention: 14d",
            "    kind: incremetal\n    retention: 14d",
            "kind: incremetal",
            "'kind' is 'incremetal', not a kind of backup",
            "did you mean 'incremental'?"),
        new Case(
            "bad kind of backup with a base",
            "    retention: 14d",
            "    kind: log\n    basedOn: db-dump\n    retention: 14d",
            "kind: log",
            "'kind' is 'log', not a kind of backup",
            "full, incremental, wal"),
        new Case(
            "time that a backup takes",
            "    retention: 14d",
            "    takes: 5-10 min\n    retention: 14d",
            "takes:",
            "'takes' is '5-10 min', not a duration",
            "upper end, 10m"),
        new Case(
            "time until detection",
            "    rto: 45m",
            "    rto: 45m\n    detectedWithin: soon",
            "detectedWithin:",
            "'detectedWithin' is 'soon', not a duration",
            "largest first"),
        new Case(
            "size of production",
            "components:\n",
            "production: {size: 120}\ncomponents:\n",
            "production:",
            "production: 'size' is '120', not a size",
            "write a number and a unit"),
        new Case(
            "production without a size",
            "components:\n",
            "production: {}\ncomponents:\n",
            "production:",
            "production has no 'size'",
            "add size: a size"),
        new Case(
            "production that is no mapping",
            "components:\n",
            "production: 120GB\ncomponents:\n",
            "production:",
            "production is a text, not a mapping",
            "write its keys below it"),
        new Case(
            "promises that are no list",
            "components:\n",
            "recoveryPoints: {component: db, reachingBack: 7d, every: 1d}\ncomponents:\n",
            "recoveryPoints:",
            "'recoveryPoints' is a mapping, not a list of promises",
            "begin each with a dash"),
        new Case(
            "promise of an unknown component",
            "components:\n",
            "recoveryPoints:\n  - {component: bd, reachingBack: 7d, every: 1d}\ncomponents:\n",
            "component: bd",
            "promise #1: 'component' is 'bd', not a component",
            "the plan declares: db, cache"),
        new Case(
            "promise without a distance",
            "components:\n",
            "recoveryPoints:\n  - {component: db, reachingBack: 7d}\ncomponents:\n",
            "component: db",
            "promise #1 has no 'every'",
            "add every: a duration"),
        new Case(
            "location that is absolute",
            "location: postgres",
            "location: /backups",
            "location:",
            "not below the backup root",
            "relative folder"),
        new Case(
            "location that climbs",
            "location: postgres",
            "location: a/../../b",
            "location:",
            "not below the backup root",
            "relative folder"),
        new Case(
            "command of a shell",
            "bin/audit --quiet",
            "bin/audit > log",
            "command:",
            "signs of a shell",
            "write a list"),
        new Case(
            "command without a program",
            "[\"{java}\", \"-jar\", \"shop.jar\"]",
            "[]",
            "command:",
            "'command' names no program",
            "[program, argument, ...]"));
  }

  static Stream<Case> references() {
    return Stream.of(
        new Case(
            "backup of a scenario",
            "backup: db-dump",
            "backup: db-dumb",
            "backup:",
            "'backup' is 'db-dumb', not a backup of this plan",
            "did you mean 'db-dump'?"),
        new Case(
            "component of a backup",
            "component: db",
            "component: warehouse",
            "component:",
            "not a component of this plan",
            "the plan declares: db, cache"),
        new Case(
            "base of a backup",
            "    retention: 14d",
            "    kind: wal\n    basedOn: db-dumb\n    retention: 14d",
            "basedOn:",
            "'basedOn' is 'db-dumb', not a backup of this plan",
            "did you mean 'db-dump'?"),
        new Case(
            "backup of an app",
            "component: db",
            "component: shop",
            "component:",
            "'component' is 'shop', an app, which holds no data",
            "name one of the stores: db, cache"),
        new Case(
            "need of an app",
            "needs: [db, cache]",
            "needs: [db, cash]",
            "needs:",
            "an item of 'needs' is 'cash', not a component",
            "did you mean 'cache'?"),
        new Case(
            "need of itself",
            "needs: [db, cache]",
            "needs: [db, shop]",
            "needs:",
            "component shop needs itself: shop needs shop",
            "remove one"),
        new Case(
            "circle of needs",
            "needs: [db, cache]\n  audit:",
            "needs: [audit]\n  audit:\n    needs: [cache, shop]",
            "needs: [audit]",
            "component shop needs itself: shop needs audit needs shop",
            "remove one"),
        new Case(
            "address of an address",
            "  cache:\n",
            "  www: {kind: address, of: vip}\n  vip: {kind: address, of: shop}\n  cache:\n",
            "www:",
            "component www leads to 'vip', which is an address too",
            "name the store or app that answers"),
        new Case(
            "circle of needs through an address",
            "needs: [db, cache]\n",
            "needs: [www]\n  www: {kind: address, of: shop}\n",
            "needs: [www]",
            "component shop needs itself: shop needs www needs shop",
            "remove one"),
        new Case(
            "backup of an address",
            "  audit:\n    kind: app\n    command: bin/audit --quiet\n    health: /\nbackups:\n  db-dump:\n    component: db",
            "  www: {kind: address, of: db}\n  log: {kind: redis}\nbackups:\n  db-dump:\n    component: www",
            "component: www",
            "'component' is 'www', an address, which holds no data",
            "name one of the stores: db, cache, log"),
        new Case(
            "image of an address",
            "backups:\n",
            "  www: {kind: address, of: shop}\nimages: {www: nginx}\nbackups:\n",
            "images:",
            "'www' is an address, which runs in no image",
            "images are of"),
        new Case(
            "need that is named twice",
            "needs: [db, cache]",
            "needs: [db, db]",
            "needs:",
            "needs a component twice",
            "once"));
  }

  static Stream<Case> files() {
    return Stream.of(
        new Case(
            "schema",
            "schema: schema.sql",
            "schema: shema.sql",
            "schema:",
            "'schema' is 'shema.sql', a file that does not exist",
            "shema.sql"),
        new Case(
            "seed",
            "seed: seed.sql",
            "seed: scripts",
            "seed:",
            "'seed' is 'scripts', a file that does not exist",
            "scripts"),
        new Case(
            "file outside the folder",
            "schema: schema.sql",
            "schema: ../schema.sql",
            "schema:",
            "not a file below",
            "without '..'"),
        new Case(
            "script",
            "script: dump.sh",
            "script: damp.sh",
            "script:",
            "'script' is 'damp.sh', a file that does not exist",
            "scripts/damp.sh"),
        new Case(
            "script that may not be executed",
            "script: dump.sh",
            "script: locked.sh",
            "script:",
            "'script' is 'locked.sh', which may not be executed",
            "chmod +x "));
  }

  static Stream<Case> rules() {
    return Stream.of(
        new Case(
            "duplicate step",
            "id: restore-database",
            "id: look-around",
            "id: look-around",
            "has the id of another step, on line 41",
            "rename one"),
        new Case(
            "step without a budget",
            "        budget: 15m\n",
            "",
            "id: restore-database",
            "step restore-database has no 'budget'",
            "add budget"),
        new Case(
            "manual step without a declared time",
            "        declared: 90s\n",
            "",
            "id: look-around",
            "step look-around has no 'declared'",
            "add declared"),
        new Case(
            "automated step with a declared time",
            "budget: 15m",
            "budget: 15m\n        declared: 10m",
            "declared: 10m",
            "is automated, yet has a 'declared' duration",
            "a drill measures it"),
        new Case(
            "declared above the budget",
            "declared: 90s",
            "declared: 121s",
            "declared:",
            "is declared to take 2 min 1 s, more than its budget of 2 min",
            "raise the budget"),
        new Case(
            "manual restore",
            "declared: 90s",
            "declared: 90s\n        restore: true",
            "restore: true",
            "step look-around is manual, yet marked 'restore: true'",
            "restore clocks"),
        new Case(
            "no steps",
            "- {id: call-electrician, kind: manual, budget: 3h, declared: 3h}",
            "[]",
            "steps:",
            "scenario power-cut: 'steps' is empty",
            "begin each with a dash"),
        new Case(
            "no restore",
            "        restore: true\n",
            "",
            "steps:",
            "restores from a backup, but no step is marked 'restore: true'",
            "mark the step"),
        new Case(
            "nothing to drill",
            "    notDrilled: nobody may cut it\n",
            "",
            "steps:",
            "scenario power-cut has no automated step",
            "notDrilled"),
        new Case(
            "retention",
            "retention: 14d",
            "retention: 11h",
            "retention:",
            "backup db-dump is kept for 11 h, but its schedule leaves up to 12 h",
            "more than 12 h"),
        new Case(
            "time zone without a schedule",
            "    schedule: \"0 */12 * * *\"\n",
            "    timeZone: Europe/Berlin\n",
            "timeZone:",
            "backup db-dump has a 'timeZone', but no 'schedule'",
            "add schedule"),
        new Case(
            "retention that is shorter than a night in autumn",
            "schedule: \"0 */12 * * *\"\n    retention: 14d",
            "schedule: \"0 2 * * *\"\n    timeZone: Europe/Berlin\n    retention: 24h",
            "retention:",
            "is kept for 24 h, but its schedule leaves up to 25 h",
            "more than 25 h"),
        new Case(
            "incremental backup without a base",
            "    script: dump.sh",
            "    kind: incremental\n    script: dump.sh",
            "kind: incremental",
            "backup db-dump is of kind incremental, but has no 'basedOn'",
            "add basedOn"),
        new Case(
            "full backup with a base",
            "    script: dump.sh",
            "    basedOn: db-dump\n    script: dump.sh",
            "basedOn:",
            "backup db-dump is a full backup, yet 'basedOn' another",
            "write kind: incremental or wal"),
        new Case(
            "base that is not full",
            "    script: dump.sh",
            "    kind: wal\n    basedOn: db-dump\n    script: dump.sh",
            "basedOn:",
            "'basedOn' is 'db-dump', which is no full backup",
            "name the full one"),
        new Case(
            "base of another component",
            "scenarios:\n",
            """
              cache-log:
                component: cache
                kind: wal
                basedOn: db-dump
                schedule: "0 * * * *"
                retention: 7d
                location: redis
                encryption: none
            scenarios:
            """,
            "basedOn:",
            "backup cache-log: 'basedOn' is 'db-dump', a backup of db rather than cache",
            "of the same component"),
        new Case(
            "detection without a backup",
            "    backup: db-dump\n",
            "    detectedWithin: 3d\n",
            "detectedWithin:",
            "scenario database-loss has 'detectedWithin', but no 'backup'",
            "add backup"),
        new Case(
            "promise of what is not backed up",
            "scenarios:\n",
            "recoveryPoints:\n  - {component: cache, reachingBack: 7d, every: 1d}\nscenarios:\n",
            "component: cache, reaching",
            "the plan, promise #1 is of cache, which no backup covers",
            "add a backup of cache"),
        new Case(
            "promise that reaches back less than its points are apart",
            "scenarios:\n",
            "recoveryPoints:\n  - {component: db, reachingBack: 7d, every: 8d}\nscenarios:\n",
            "every: 8d",
            "promise #1 is a point every 8 d, yet reaches back 7 d only",
            "how far apart"),
        new Case(
            "table that need not hold anything",
            "minimumRows: 10",
            "minimumRows: 0",
            "orders:",
            "table orders need not hold any row",
            "mayBeEmpty: true"),
        new Case(
            "table that may be empty and may not",
            "mayBeEmpty: true",
            "mayBeEmpty: true, minimumRows: 3",
            "notes:",
            "table notes may be empty, yet must hold 3 rows",
            "remove"),
        new Case(
            "port that another has",
            "kind: postgres",
            "kind: postgres\n    port: 6390",
            "port: 6390",
            "component cache: 'port' is 6390, which component db has too",
            "its own port"));
  }
}
