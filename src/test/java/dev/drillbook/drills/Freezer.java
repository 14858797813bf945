package dev.drillbook.drills;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * Freezes and thaws the PostgreSQL servers that this JVM has started, at instants that are known to
 * about a millisecond: the shell that sends the signals runs already, since starting one takes
 * longer than the tolerance that it is to show.
 */
final class Freezer implements AutoCloseable {
  private final Process shell;
  private final BufferedReader answers;
  private String frozen = "";

  Freezer() throws IOException {
    shell = new ProcessBuilder("bash").redirectError(ProcessBuilder.Redirect.DISCARD).start();
    answers = shell.inputReader(StandardCharsets.UTF_8);
    ask(":");
  }

  /** Freezes all that run now. */
  void freeze() throws IOException {
    frozen = servers();
    ask("kill -STOP " + frozen);
  }

  /** Thaws what was frozen. */
  void thaw() throws IOException {
    ask("kill -CONT " + frozen);
  }

  private static String servers() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
        .map(process -> String.valueOf(process.pid()))
        .collect(Collectors.joining(" "));
  }

  private void ask(String command) throws IOException {
    OutputStream input = shell.getOutputStream();
    input.write((command + "; echo done\n").getBytes(StandardCharsets.UTF_8));
    input.flush();
    if (!"done".equals(answers.readLine())) {
      throw new IOException("the shell has gone");
    }
  }

  @Override
  public void close() {
    shell.destroyForcibly();
  }
}
