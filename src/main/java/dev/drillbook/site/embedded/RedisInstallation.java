package dev.drillbook.site.embedded;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program of a Redis server.
 *
 * @param server its path
 * @param version e.g. "7.0.15"
 * @param origin how it came here, in a few words
 */
public record RedisInstallation(Path server, String version, String origin)
    implements StorePrograms.OfRedis {
  private static final String BUNDLED = "7.0.15";
  private static final Pattern VERSION = Pattern.compile("v=(\\S+)");
  private static final Duration CACHE_PATIENCE = Duration.ofMinutes(1);

  /** For the console and the report. */
  @Override
  public String describe() {
    return "Redis " + version + " from " + server + " (" + origin + ")";
  }

  @Override
  public List<String> serverCommand(Path file) {
    return List.of(server.toString(), file.toString());
  }

  /**
   * The one on the PATH; else the one that is bundled, unpacked into the user's cache.
   *
   * @throws DrillException if there is neither
   */
  static RedisInstallation ofThisMachine(Map<String, String> environment) {
    Optional<Path> installed =
        new SearchPath(environment.getOrDefault("PATH", "")).find("redis-server");
    if (installed.isPresent()) {
      return new RedisInstallation(
          installed.get(), versionOf(installed.get()), "installed on this machine");
    }
    return new RedisInstallation(
        unpack(PostgresInstallations.cacheOf(environment).resolve("redis-" + BUNDLED)),
        BUNDLED,
        "bundled");
  }

  private static String versionOf(Path server) {
    try {
      Process process =
          new ProcessBuilder(server.toString(), "--version").redirectErrorStream(true).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      Matcher version = VERSION.matcher(said);
      if (process.waitFor(5, TimeUnit.SECONDS) && version.find()) {
        return version.group(1);
      }
      throw new DrillException(
          server + " --version says: " + said, "is it a Redis server? take it off the PATH if not");
    } catch (IOException e) {
      throw new DrillException(server + " cannot be run: " + e.getMessage(), "reinstall it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException("interrupted while " + server + " ran", "run the drill again", e);
    }
  }

  private static Path unpack(Path folder) {
    String resource = "/redis-server-" + BUNDLED + "-" + platform();
    Path server = folder.resolve("redis-server");
    CacheLock lock = CacheLock.on(folder, CACHE_PATIENCE);
    try (InputStream program = RedisInstallation.class.getResourceAsStream(resource)) {
      if (program == null) {
        throw new DrillException(
            "there is no redis-server on the PATH, and none bundled for " + platform(),
            "install Redis: Debian or Ubuntu: apt-get install redis-server; macOS: brew install redis;"
                + " or add org.signal:embedded-redis to the class path");
      }
      if (!Files.isExecutable(server)) {
        Path unfinished = folder.resolve("redis-server.unfinished");
        Files.copy(program, unfinished, StandardCopyOption.REPLACE_EXISTING);
        if (!unfinished.toFile().setExecutable(true)) {
          throw new IOException(unfinished + " cannot be made executable");
        }
        Files.move(unfinished, server, StandardCopyOption.ATOMIC_MOVE);
      }
      return server;
    } catch (IOException e) {
      throw new DrillException(
          "Redis could not be unpacked to " + folder + ": " + e, "is the disk full?", e);
    } finally {
      lock.close();
    }
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return (system.contains("mac") ? "darwin" : system.replace(' ', '-'))
        + "-"
        + (processor.equals("x86_64")
            ? "amd64"
            : processor.equals("aarch64") ? "arm64" : processor);
  }
}
