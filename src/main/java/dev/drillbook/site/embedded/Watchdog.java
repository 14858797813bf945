package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that outlives this JVM, if only by a second, and takes the site down that a JVM which
 * was killed could not. It reads from a pipe that the kernel closes however we die, SIGKILL and the
 * out-of-memory killer included. A parent-death signal would not do: Linux sends it when the thread
 * dies that started the child, and forgets it where the child changes its user.
 */
final class Watchdog {
  private static final String SCRIPT = "watchdog.sh";

  private final Process process;

  private Watchdog(Process process) {
    this.process = process;
  }

  /**
   * Sets it on a site; from now on it must not be left but by {@link #dismiss}.
   *
   * @throws DrillException if it cannot be started
   */
  static Watchdog over(Path site) {
    List<String> command = new ArrayList<>();
    // A session of its own: what is sent to all of a terminal's, or a build's, is not for it.
    new SearchPath(System.getenv().getOrDefault("PATH", ""))
        .find("setsid")
        .ifPresent(setsid -> command.add(setsid.toString()));
    command.addAll(List.of("sh", "-c", script(), "drillbook-watchdog", site.toString()));
    try {
      return new Watchdog(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new DrillException(
          "no watchdog could be started: " + e.getMessage(),
          "is there a shell (sh) on the PATH?",
          e);
    }
  }

  private static String script() {
    try (InputStream script = Watchdog.class.getResourceAsStream(SCRIPT)) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new DrillException("the watchdog's script cannot be read", "reinstall Drillbook", e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Tells it that there is nothing left to do for it; returns once it is gone. */
  void dismiss() {
    try (OutputStream pipe = process.getOutputStream()) {
      pipe.write("closed\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException gone) {
      // Somebody ended it.
    }
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
