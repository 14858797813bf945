package dev.drillbook.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads of one service what a drill uses; variables elsewhere in it are left alone. */
final class ComposeServiceReader {
  /** Blanking out anything shorter would blank out words that are no secret. */
  private static final int SECRET_LENGTH = 6;

  private final ComposeFile file;
  private final String name;
  private final Yaml.Entry declared;
  private final Map<String, Yaml.Entry> keys;
  private final Problems problems;
  private final Set<String> secrets = new LinkedHashSet<>();
  private final Set<String> unset = new LinkedHashSet<>();

  /**
   * @param declared one of the file's services
   */
  ComposeServiceReader(ComposeFile file, String name, Yaml.Entry declared) {
    this.file = file;
    this.name = name;
    this.declared = declared;
    this.problems = file.problems();
    this.keys = declared.value() instanceof Yaml.Mapping mapping ? mapping.entries() : Map.of();
  }

  /** A variable of a service. */
  record Variable(int line, Expanded value) {}

  /** Reports what makes it another service than the file seems to say. */
  void refuseWhatIsElsewhere() {
    if (!(declared.value() instanceof Yaml.Mapping)) {
      problems.add(
          declared.line(),
          "service " + name + " is " + declared.value().kind() + ", not a mapping",
          "write its keys below it, two blanks further in");
    }
    Yaml.Entry base = keys.get("extends");
    if (base != null) {
      problems.add(
          base.line(),
          "service " + name + " extends another one, which is not read",
          "write what it takes from there here, or name the file that 'docker compose config --no-interpolate' prints");
    }
  }

  /**
   * Its image.
   *
   * @param isNeeded whether the plan names none
   */
  Optional<String> image(boolean isNeeded) {
    Yaml.Entry image = keys.get("image");
    if (!isNeeded
        || !(declared.value() instanceof Yaml.Mapping)
        || (image == null && keys.containsKey("extends"))) {
      return Optional.empty();
    }
    if (image == null || image.value() instanceof Yaml.Nothing) {
      boolean built = keys.containsKey("build");
      problems.add(
          image == null ? declared.line() : image.line(),
          "service " + name + (built ? " is built, and names no image" : " names no image"),
          built
              ? "build it and name the image here, or name one under 'images' in the plan"
              : "name one here, or under 'images' in the plan");
      return Optional.empty();
    }
    // What a variable puts into an image's name is no secret: reports say what was drilled.
    Optional<Expanded> name = expand("image", image.line(), image.value());
    if (name.filter(expanded -> expanded.text().isBlank()).isPresent()) {
      problems.add(
          image.line(),
          "the image of service " + this.name + " is empty once its variables are filled in",
          "set " + String.join(", ", name.get().unset()) + ", or write a default: ${NAME:-value}");
      return Optional.empty();
    }
    return name.map(expanded -> expanded.text().strip());
  }

  /** Its own variables, whose names are the only ones that are read; of files of theirs none. */
  Map<String, Variable> variables(Set<String> names) {
    Map<String, Variable> variables = new LinkedHashMap<>();
    declaredVariables()
        .forEach(
            (variable, entry) -> {
              if (names.contains(variable)) {
                value(variable, entry)
                    .ifPresent(v -> variables.put(variable, new Variable(entry.line(), v)));
              }
            });
    return variables;
  }

  /** All that it adds to the environment of an app, those of its files included. */
  Map<String, String> environment() {
    Map<String, Expanded> environment = new LinkedHashMap<>(fromFiles());
    declaredVariables()
        .forEach(
            (variable, entry) ->
                value(variable, entry)
                    .ifPresentOrElse(
                        value -> environment.put(variable, value),
                        () -> environment.remove(variable)));
    Map<String, String> texts = new LinkedHashMap<>();
    environment.forEach(
        (variable, value) -> {
          note(value);
          texts.put(variable, value.text());
        });
    return texts;
  }

  /** Each with its value, or with {@link Yaml.Nothing} where the drill's own is passed on. */
  private Map<String, Yaml.Entry> declaredVariables() {
    Yaml.Entry environment = keys.get("environment");
    Map<String, Yaml.Entry> variables = new LinkedHashMap<>();
    if (environment == null || environment.value() instanceof Yaml.Nothing) {
      return variables;
    }
    if (environment.value() instanceof Yaml.Mapping mapping) {
      variables.putAll(mapping.entries());
    } else if (environment.value() instanceof Yaml.Sequence list) {
      for (Yaml item : list.items()) {
        String text = item.text();
        int equals = text.indexOf('=');
        String variable = equals < 0 ? text : text.substring(0, equals);
        Yaml value =
            equals < 0
                ? new Yaml.Nothing(item.line())
                : new Yaml.Scalar(item.line(), text.substring(equals + 1));
        variables.put(variable, new Yaml.Entry(item.line(), value));
      }
    } else {
      problems.add(
          environment.line(),
          "the environment of service " + name + " is neither a mapping nor a list",
          "write {NAME: value}, or [NAME=value]");
    }
    return variables;
  }

  private Optional<Expanded> value(String variable, Yaml.Entry entry) {
    try {
      ValueType.VARIABLE.parser().parse(variable);
    } catch (BadValue e) {
      problems.add(
          entry.line(),
          "service "
              + name
              + ": '"
              + variable
              + "' is "
              + e.getMessage()
              + " that a shell passes on",
          e.hint());
      return Optional.empty();
    }
    if (entry.value() instanceof Yaml.Nothing) {
      return file.variable(variable).map(Expanded::asValue);
    }
    return expand("variable " + variable, entry.line(), entry.value());
  }

  /** Those of {@code env_file}, where the later file goes before the earlier one. */
  private Map<String, Expanded> fromFiles() {
    Yaml.Entry entry = keys.get("env_file");
    Map<String, Expanded> variables = new LinkedHashMap<>();
    if (entry == null) {
      return variables;
    }
    List<Yaml> items =
        entry.value() instanceof Yaml.Sequence list ? list.items() : List.of(entry.value());
    for (Yaml item : items) {
      boolean isRequired = true;
      Yaml path = item;
      if (item instanceof Yaml.Mapping mapping) {
        path = valueOf(mapping, "path");
        isRequired = !valueOf(mapping, "required").text().equals("false");
      }
      Optional<Expanded> named = expand("env_file", item.line(), path);
      if (named.isPresent()) {
        variables.putAll(fromFile(named.get().text(), item.line(), isRequired));
      }
    }
    return variables;
  }

  private static Yaml valueOf(Yaml.Mapping mapping, String key) {
    Yaml.Entry entry = mapping.entries().get(key);
    return entry == null ? new Yaml.Nothing(mapping.line()) : entry.value();
  }

  private Map<String, Expanded> fromFile(String path, int line, boolean isRequired) {
    Path named = file.path().resolveSibling(path);
    if (Files.isRegularFile(named)) {
      return DotEnv.read(named, file::variable, problems);
    }
    if (isRequired) {
      problems.add(
          line,
          "service " + name + " takes its environment from " + path + ", which does not exist",
          "write " + named + ", or {path: " + path + ", required: false}");
    }
    return Map.of();
  }

  /** The words of {@code entrypoint} or {@code command}; empty where the image's own are meant. */
  Optional<List<String>> words(String key) {
    Yaml.Entry entry = keys.get(key);
    if (entry == null || entry.value() instanceof Yaml.Nothing) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    if (entry.value() instanceof Yaml.Sequence list) {
      for (Yaml item : list.items()) {
        expand(key, item.line(), item).ifPresent(word -> words.add(noted(word)));
      }
      return Optional.of(List.copyOf(words));
    }
    Optional<Expanded> text = expand(key, entry.line(), entry.value());
    if (text.isPresent()) {
      try {
        words.addAll(ShellWords.of(noted(text.get())));
      } catch (BadValue e) {
        problems.add(
            entry.line(),
            "the " + key + " of service " + name + " is a text " + e.getMessage(),
            e.hint());
      }
    }
    return Optional.of(List.copyOf(words));
  }

  Optional<String> workingFolder() {
    Yaml.Entry entry = keys.get("working_dir");
    return entry == null || entry.value() instanceof Yaml.Nothing
        ? Optional.empty()
        : expand("working_dir", entry.line(), entry.value()).map(this::noted);
  }

  /** Reports a service whose image's program is taken away, and none put in its place. */
  void refuseNothingToRun(Optional<List<String>> entrypoint, Optional<List<String>> command) {
    if (entrypoint.filter(List::isEmpty).isPresent()
        && command.filter(words -> !words.isEmpty()).isEmpty()) {
      problems.add(
          keys.get("entrypoint").line(),
          "service "
              + name
              + " has an empty entrypoint and no command, so that there is nothing to run",
          "name the program in 'command'");
    }
  }

  private Optional<Expanded> expand(String what, int line, Yaml value) {
    if (value instanceof Yaml.Mapping || value instanceof Yaml.Sequence) {
      problems.add(
          line,
          what + " of service " + name + " is " + value.kind() + ", not one value",
          "write a text");
      return Optional.empty();
    }
    try {
      return Optional.of(file.interpolation().expand(value.text()));
    } catch (BadValue e) {
      problems.add(
          line,
          what + " of service " + name + " is '" + value.text() + "', " + e.getMessage(),
          e.hint());
      return Optional.empty();
    }
  }

  private String noted(Expanded expanded) {
    note(expanded);
    return expanded.text();
  }

  private void note(Expanded expanded) {
    expanded.values().stream()
        .filter(value -> value.length() >= SECRET_LENGTH)
        .forEach(secrets::add);
    unset.addAll(expanded.unset());
  }

  Set<String> secrets() {
    return Set.copyOf(secrets);
  }

  Set<String> unset() {
    return Set.copyOf(unset);
  }
}
