package processpilot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands as somebody at a terminal does: a line that fails does not stop the next one.
 *
 * @param folder where they run, and where what they print is kept until it is read
 * @param environment all of theirs
 */
record Shell(Path folder, Map<String, String> environment) {

  /** What they printed and the exit status of the last one. */
  record Outcome(int exit, String out, String err) {}

  Shell with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new Shell(folder, more);
  }

  Outcome run(String... lines) throws IOException, InterruptedException {
    return run(List.of("bash", "-c", String.join("\n", lines)));
  }

  Outcome run(List<String> program) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", null);
    Path err = Files.createTempFile(folder, "err", null);
    ProcessBuilder builder =
        new ProcessBuilder(program)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s ends", program).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
