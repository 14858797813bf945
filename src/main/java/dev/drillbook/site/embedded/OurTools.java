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
 * Programs under the names of tools, for the scripts of a site on a machine that lacks them: shell
 * scripts that run our own in a JVM.
 *
 * @param folder holds them, and nothing else
 * @param tools those that the machine lacks
 */
record OurTools(Path folder, List<ScriptTool> tools) {
  private static final int HEAP_MEGABYTES = 128;

  static OurTools of(Path siteFolder, List<FoundTool> found) {
    return new OurTools(
        siteFolder.resolve("tools"),
        found.stream().filter(FoundTool::isOurs).map(FoundTool::tool).toList());
  }

  /** Writes them where they are not yet, and puts them first on the PATH of {@code environment}. */
  void applyTo(Map<String, String> environment) {
    if (tools.isEmpty()) {
      return;
    }
    tools.forEach(this::write);
    environment.merge(
        "PATH", folder.toString(), (path, first) -> first + File.pathSeparator + path);
  }

  private void write(ScriptTool tool) {
    Path program = folder.resolve(tool.command());
    if (Files.exists(program)) {
      return;
    }
    String command =
        StandIn.java(HEAP_MEGABYTES, tool.main()).stream()
            .map(OurTools::quoted)
            .collect(Collectors.joining(" "));
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(folder); // Not those above it: a site that was removed stays so.
      }
      Path unfinished = Files.createTempFile(folder, tool.command(), ".new");
      // In the C locale a JVM cannot name a file or an argument that is not in ASCII.
      Files.writeString(unfinished, "#!/bin/sh\nLC_ALL=C.UTF-8 exec " + command + " \"$@\"\n");
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
