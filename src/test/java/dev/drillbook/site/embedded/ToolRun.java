package dev.drillbook.site.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a run of a tool came to.
 *
 * @param out standard output, a character a byte
 */
record ToolRun(int exitCode, String out, String err) {

  /** The tool of that name which scripts find on the PATH of {@code environment}. */
  static Path find(String tool, Map<String, String> environment) {
    return new SearchPath(environment.get("PATH")).find(tool).orElseThrow();
  }

  static ToolRun of(
      Path folder, Map<String, String> environment, String input, Path tool, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(tool.toString()));
    command.addAll(List.of(arguments));
    Path in = Files.writeString(Files.createTempFile("tool", ".in"), input, ISO_8859_1);
    Path out = Files.createTempFile("tool", ".out");
    Path err = Files.createTempFile("tool", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " is not done after 60 s");
      }
      return new ToolRun(
          process.exitValue(), Files.readString(out, ISO_8859_1), Files.readString(err, UTF_8));
    } finally {
      Files.delete(in);
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Checks that it went well and has printed {@code lines}. */
  void prints(String... lines) {
    assertThat(this)
        .isEqualTo(new ToolRun(0, lines.length == 0 ? "" : String.join("\n", lines) + "\n", ""));
  }

  /** Checks that it ended with {@code code}, having printed nothing and said why. */
  void fails(int code, String why) {
    assertThat(err).contains(why);
    assertThat(out).isEmpty();
    assertThat(exitCode).isEqualTo(code);
  }
}
