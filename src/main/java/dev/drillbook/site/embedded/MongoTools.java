package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Programs of the names {@code mongodump} and {@code mongorestore}, for the scripts of a site on a
 * machine that lacks them: shell scripts that run our own in a JVM.
 *
 * @param folder holds them, and nothing else
 * @param names those that the machine lacks
 */
record MongoTools(Path folder, List<String> names) {
  private static final int HEAP_MEGABYTES = 128;
  private static final Map<String, String> MAINS =
      Map.of(
          "mongodump", "dev.drillbook.site.embedded.standin.MongoDump",
          "mongorestore", "dev.drillbook.site.embedded.standin.MongoRestore");

  static MongoTools of(Path siteFolder, List<String> names) {
    return new MongoTools(siteFolder.resolve("mongo-tools"), names);
  }

  /** Writes them where they are not yet, and puts them first on the PATH of {@code environment}. */
  void applyTo(Map<String, String> environment) {
    if (names.isEmpty()) {
      return;
    }
    names.forEach(this::write);
    environment.merge(
        "PATH", folder.toString(), (path, first) -> first + File.pathSeparator + path);
  }

  private void write(String name) {
    Path program = folder.resolve(name);
    if (Files.exists(program)) {
      return;
    }
    String command =
        StandIn.java(HEAP_MEGABYTES, MAINS.get(name)).stream()
            .map(MongoTools::quoted)
            .collect(Collectors.joining(" "));
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(folder); // Not those above it: a site that was removed stays so.
      }
      Path unfinished = Files.createTempFile(folder, name, ".new");
      Files.writeString(unfinished, "#!/bin/sh\nexec " + command + " \"$@\"\n");
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(unfinished, program, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new DrillException(
          program + " could not be written: " + e.getMessage(), "is the disk full?", e);
    }
  }

  private static String quoted(String argument) {
    return "'" + argument.replace("'", "'\\''") + "'";
  }
}
