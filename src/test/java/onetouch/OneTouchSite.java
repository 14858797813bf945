package onetouch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.plan.PlanLoader;
import dev.drillbook.site.Command;
import dev.drillbook.site.SiteSettings;
import dev.drillbook.site.embedded.EmbeddedSite;
import dev.drillbook.site.embedded.Installations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** OneTouch's own plan on a site, and command lines in the environment of its scripts. */
final class OneTouchSite {
  static final Path PLAN = Path.of("drills/onetouch/plan.yaml").toAbsolutePath();

  private OneTouchSite() {}

  /** What a command line did. */
  record Outcome(int exit, String out, String err) {}

  /** A site that runs nothing yet. */
  static EmbeddedSite create() {
    return EmbeddedSite.create(
        PlanLoader.load(PLAN),
        SiteSettings.ofScale(1),
        Installations.ofThisMachine(System.getenv(), said -> {}));
  }

  /**
   * What bash makes of a line, where it finds what {@code script} would find.
   *
   * @param more variables, which win
   */
  static Outcome shell(Path folder, Command script, Map<String, String> more, String line)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(script.environment().get());
    environment.putAll(more);
    return shell(folder, environment, line);
  }

  /** What bash makes of a line in this environment alone. */
  static Outcome shell(Path folder, Map<String, String> environment, String line)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", null);
    Path err = Files.createTempFile(folder, "err", null);
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", line)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", line).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
