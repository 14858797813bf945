package dev.drillbook.site.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shell scripts that stand in for programs. */
final class FakePrograms {
  private FakePrograms() {}

  /** A whole PostgreSQL whose programs can do no more than to name their version. */
  static Path postgres(Path directory, String version) {
    for (String program : ProgramDirectory.NEEDED) {
      answering(directory, program, version);
    }
    return directory;
  }

  static Path answering(Path directory, String program, String version) {
    return script(directory, program, "echo '" + program + " (PostgreSQL) " + version + "'");
  }

  static Path script(Path directory, String program, String body) {
    try {
      Files.createDirectories(directory);
      Path file = Files.writeString(directory.resolve(program), "#!/bin/sh\n" + body + "\n");
      if (!file.toFile().setExecutable(true)) {
        throw new IOException("cannot make " + file + " executable");
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
