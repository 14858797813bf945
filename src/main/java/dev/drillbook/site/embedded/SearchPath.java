package dev.drillbook.site.embedded;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The directories in which programs are looked for.
 *
 * @param value as in the environment variable PATH; entries that are empty or relative are passed
 *     over, because what they mean depends on where a program is started
 */
record SearchPath(String value) {

  List<Path> directories() {
    return Arrays.stream(value.split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .filter(Path::isAbsolute)
        .distinct()
        .toList();
  }

  /** The first executable file of that name. */
  Optional<Path> find(String program) {
    return directories().stream()
        .map(directory -> directory.resolve(program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
