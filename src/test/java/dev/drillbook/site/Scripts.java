package dev.drillbook.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Real shell scripts, for tests that run them. */
public final class Scripts {
  private final Path folder;

  public Scripts(Path folder) {
    this.folder = folder;
  }

  /** A command that runs {@code body} with {@code SECRET} in its environment. */
  public Command command(String name, String body) {
    return command(write(name, body, true), Set.of("s3cret"));
  }

  public Command command(Path script, Set<String> secrets) {
    return new Command(
        script.getFileName().toString(),
        List.of(script.toString()),
        Scripts::environment,
        folder,
        secrets,
        Command.Launcher.here());
  }

  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("SECRET", "s3cret");
    return environment;
  }

  public Path write(String name, String body, boolean executable) {
    try {
      Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
      if (!file.toFile().setExecutable(executable, false)) {
        throw new IOException("cannot change the mode of " + file);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a process of which a script wrote down the number runs; a zombie does not. */
  public boolean isRunning(String pidFile) throws IOException {
    long pid = Long.parseLong(Files.readString(folder.resolve(pidFile)).strip());
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    boolean zombie = Files.exists(stat) && Files.readString(stat).contains(") Z ");
    return !zombie && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
