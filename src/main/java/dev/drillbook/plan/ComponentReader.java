package dev.drillbook.plan;

import dev.drillbook.plan.ComponentSpec.Persistence;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Reads one component. What it returns may only be called once the whole plan is known to be
 * without problems.
 */
final class ComponentReader {
  private static final ValueType<Persistence> PERSISTENCE =
      ValueType.choice(
          "what Redis keeps on disk",
          List.of(Persistence.values()),
          persistence -> persistence.name().toLowerCase(Locale.ROOT));

  private final References references;
  private final PlanFiles files;
  private final Set<String> ofServices;
  private final Map<Integer, String> ports = new HashMap<>();
  private final Needs needsOfAll = new Needs();
  private final Set<String> primaries = new TreeSet<>();
  private final Map<String, MapReader> standbys = new LinkedHashMap<>();
  private final Map<String, MapReader> addresses = new LinkedHashMap<>();

  /**
   * @param ofServices the components that a service of a Compose file plays
   */
  ComponentReader(References references, PlanFiles files, Set<String> ofServices) {
    this.references = references;
    this.files = files;
    this.ofServices = ofServices;
  }

  Supplier<ComponentSpec> read(String name, MapReader map) {
    Optional<ComponentKind> kind = map.required("kind", ComponentKind.TYPE);
    if (kind.isEmpty()) {
      return () -> {
        throw new IllegalStateException("a component without a kind: " + name);
      };
    }
    OptionalInt port = port(name, map);
    if (kind.get() == ComponentKind.POSTGRES) {
      primaries.add(name);
    }
    Supplier<ComponentSpec> spec =
        switch (kind.get()) {
          case POSTGRES -> postgres(name, port, map);
          case POSTGRES_STANDBY -> standby(name, port, map);
          case MONGO -> mongo(name, port, map);
          case REDIS -> redis(name, port, map);
          case OBJECT_STORE -> objectStore(name, port, map);
          case APP -> app(name, port, map);
          case ADDRESS -> address(name, port, map);
        };
    map.refuseOtherKeys();
    return spec;
  }

  /** To be called once every component has been read. */
  void refuseWhatDoesNotFitTogether() {
    addresses.forEach(this::refuseAddressOfAddress);
    needsOfAll.refuseCircles();
    standbys.forEach(
        (of, map) -> {
          if (!primaries.contains(of)) {
            map.problem(
                "of",
                " follows '" + of + "', which is no postgres",
                primaries.isEmpty()
                    ? "declare the server that it follows"
                    : "choose one of: " + String.join(", ", primaries));
          }
        });
  }

  /** What leads somewhere in the end is part of what is needed. */
  private void refuseAddressOfAddress(String name, MapReader map) {
    String of = map.peek("of").orElse("");
    if (references.isAddress(of)) {
      map.problem(
          "of",
          of.equals(name) ? " leads to itself" : " leads to '" + of + "', which is an address too",
          "name the store or app that answers");
    } else {
      needsOfAll.add(name, List.of(of), map);
    }
  }

  private OptionalInt port(String name, MapReader map) {
    OptionalInt port = map.optionalPort("port");
    if (port.isPresent()) {
      String other = ports.putIfAbsent(port.getAsInt(), name);
      if (other != null) {
        map.problem(
            "port",
            ": 'port' is " + port.getAsInt() + ", which component " + other + " has too",
            "give each its own port, or leave the port out for a free one");
      }
    }
    return port;
  }

  private Supplier<ComponentSpec> postgres(String name, OptionalInt port, MapReader map) {
    Optional<String> database = map.required("database", ValueType.TEXT);
    Optional<String> user = map.required("user", ValueType.TEXT);
    Optional<String> schema = map.required("schema", files.file());
    Optional<String> seed = map.optional("seed", files.file());
    Map<String, Supplier<ComponentSpec.TableSpec>> tables = new LinkedHashMap<>();
    map.requiredChildren("tables", "table", ValueType.TEXT)
        .forEach((table, content) -> tables.put(table, table(content)));
    boolean archive = map.isTrue("archive");
    List<Supplier<ComponentSpec.Erasure>> erasures =
        map.optionalItems("erasures", "erasure").stream()
            .map(erasure -> erasure(erasure, map.names("tables")))
            .toList();
    return () ->
        new ComponentSpec.Postgres(
            name,
            port,
            database.orElseThrow(),
            user.orElseThrow(),
            schema.orElseThrow(),
            seed,
            built(tables),
            archive,
            erasures.stream().map(Supplier::get).toList());
  }

  private static Supplier<ComponentSpec.Erasure> erasure(MapReader map, Set<String> tables) {
    Optional<String> table = map.required("table", References.table(tables));
    Map<String, String> where =
        map.requiredTexts("where", "the text of each column", ValueType.TEXT);
    map.refuseOtherKeys();
    return () -> new ComponentSpec.Erasure(table.orElseThrow(), where);
  }

  private Supplier<ComponentSpec> standby(String name, OptionalInt port, MapReader map) {
    Optional<String> of = map.required("of", references.component());
    of.ifPresent(primary -> standbys.put(primary, map));
    return () -> new ComponentSpec.PostgresStandby(name, port, of.orElseThrow());
  }

  private Supplier<ComponentSpec> address(String name, OptionalInt port, MapReader map) {
    Optional<String> of = map.required("of", references.component());
    addresses.put(name, map);
    return () -> new ComponentSpec.Address(name, port, of.orElseThrow());
  }

  private static Supplier<ComponentSpec> mongo(String name, OptionalInt port, MapReader map) {
    Optional<String> database = map.required("database", ValueType.TEXT);
    List<String> seed = optionalCommand("seed", map);
    Map<String, Supplier<ComponentSpec.TableSpec>> collections = new LinkedHashMap<>();
    map.requiredChildren("collections", "collection", ValueType.TEXT)
        .forEach((collection, content) -> collections.put(collection, table(content)));
    return () ->
        new ComponentSpec.Mongo(name, port, database.orElseThrow(), seed, built(collections));
  }

  private static Supplier<ComponentSpec> redis(String name, OptionalInt port, MapReader map) {
    Persistence persistence = map.optional("persistence", PERSISTENCE).orElse(Persistence.NONE);
    List<String> seed = optionalCommand("seed", map);
    return () -> new ComponentSpec.Redis(name, port, persistence, seed);
  }

  private static Supplier<ComponentSpec> objectStore(String name, OptionalInt port, MapReader map) {
    Map<String, Boolean> buckets = new LinkedHashMap<>();
    map.requiredChildren("buckets", "bucket", ValueType.BUCKET)
        .forEach(
            (bucket, content) -> {
              buckets.put(bucket, content.isTrue("versioning"));
              content.refuseOtherKeys();
            });
    List<String> users = map.optionalList("users", ValueType.ID);
    if (new HashSet<>(users).size() < users.size()) {
      map.problem("users", " has a user twice", "name each user once");
    }
    List<String> seed = optionalCommand("seed", map);
    return () ->
        new ComponentSpec.ObjectStore(
            name, port, Collections.unmodifiableMap(buckets), users, seed);
  }

  private static Supplier<ComponentSpec.TableSpec> table(MapReader map) {
    boolean mayBeEmpty = map.isTrue("mayBeEmpty");
    Optional<Long> minimumRows =
        mayBeEmpty
            ? Optional.of(map.optional("minimumRows", ValueType.COUNT).orElse(0L))
            : map.required("minimumRows", ValueType.COUNT);
    minimumRows.ifPresent(
        rows -> {
          if (mayBeEmpty && rows > 0) {
            map.problem(
                "mayBeEmpty",
                " may be empty, yet must hold " + rows + " rows",
                "remove mayBeEmpty, or minimumRows");
          }
          if (!mayBeEmpty && rows == 0) {
            map.problem(
                "minimumRows",
                " need not hold any row, so that an empty one would prove nothing",
                "write minimumRows: 1 or more, or mayBeEmpty: true");
          }
        });
    map.refuseOtherKeys();
    return () -> new ComponentSpec.TableSpec(minimumRows.orElseThrow(), mayBeEmpty);
  }

  private Supplier<ComponentSpec> app(String name, OptionalInt port, MapReader map) {
    List<String> command = commandOf(name, map);
    Optional<String> health = map.required("health", ValueType.HTTP_PATH);
    List<String> needs = map.optionalList("needs", references.component());
    if (new HashSet<>(needs).size() < needs.size()) {
      map.problem("needs", " needs a component twice", "name each component once");
    }
    needsOfAll.add(name, needs, map);
    Map<String, String> environment = map.optionalTexts("environment", ValueType.VARIABLE);
    return () ->
        new ComponentSpec.App(name, port, command, health.orElseThrow(), needs, environment);
  }

  /** None where a service says what runs. */
  private List<String> commandOf(String app, MapReader map) {
    if (map.holds("command")) {
      return command("command", map);
    }
    if (!ofServices.contains(app)) {
      map.problem(
          "command",
          " has no 'command'",
          "add command: [program, argument, ...], or name its service under 'compose'");
    }
    return List.of();
  }

  private static List<String> optionalCommand(String key, MapReader map) {
    return map.names(key).isEmpty() && map.peek(key).isEmpty() && !map.isList(key)
        ? List.of()
        : command(key, map);
  }

  /** A list of arguments, or one text that blanks divide; quotes would not mean what they say. */
  private static List<String> command(String key, MapReader map) {
    if (map.isList(key)) {
      List<String> command = map.optionalList(key, ValueType.TEXT);
      if (command.isEmpty()) {
        map.problem(key, ": '" + key + "' names no program", "write [program, argument, ...]");
      }
      return command;
    }
    Optional<String> line = map.required(key, ValueType.TEXT);
    if (line.filter(text -> text.matches(".*[\"'\\\\$|&;<>].*")).isPresent()) {
      map.problem(
          key,
          ": '" + key + "' has quotes or other signs of a shell, but no shell reads it",
          "write a list, one argument each: [program, \"first argument\", ...]");
    }
    return line.map(text -> Arrays.asList(text.split("\\s+", -1)))
        .map(List::copyOf)
        .orElse(List.of());
  }

  private static <T> Map<String, T> built(Map<String, Supplier<T>> suppliers) {
    Map<String, T> built = new LinkedHashMap<>();
    suppliers.forEach((name, supplier) -> built.put(name, supplier.get()));
    return Collections.unmodifiableMap(built);
  }
}
