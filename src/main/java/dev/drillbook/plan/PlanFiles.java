package dev.drillbook.plan;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The types of values that name files beside the plan. */
final class PlanFiles {
  private static final String SCRIPTS = "scripts";

  private final Path folder;

  /**
   * @param folder the one that holds the plan
   */
  PlanFiles(Path folder) {
    this.folder = folder;
  }

  /** A file that exists in the plan's folder or below it. */
  ValueType<String> file() {
    return new ValueType<>(
        "a file beside the plan",
        name -> {
          existing(folder, name);
          return name;
        });
  }

  /** Where a file is that the plan names. */
  Path path(String name) {
    return folder.resolve(name);
  }

  /** A file that exists in {@code scripts/} and may be executed. */
  ValueType<String> script() {
    return new ValueType<>(
        "a file in scripts/ beside the plan",
        name -> {
          Path script = existing(folder.resolve(SCRIPTS), name);
          if (!Files.isExecutable(script)) {
            throw new BadValue("which may not be executed", "chmod +x " + script);
          }
          return name;
        });
  }

  private static Path existing(Path base, String name) throws BadValue {
    Optional<Path> file = below(base, name);
    if (file.isEmpty()) {
      throw new BadValue("not a file below " + base, "write a relative path without '..'");
    }
    if (!Files.isRegularFile(file.get())) {
      throw new BadValue("a file that does not exist", "write " + file.get());
    }
    return file.get();
  }

  private static Optional<Path> below(Path base, String name) {
    try {
      Path root = base.normalize();
      Path file = root.resolve(name).normalize();
      return name.isBlank() || !file.startsWith(root) ? Optional.empty() : Optional.of(file);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
